# The figures that bench noted, as tables: the median of the rounds with the lowest and the highest, and ours divided by the others'.
#
# Reads lines "SERVER NAME VALUE", "about NAME TEXT" and "remark TEXT". With draws=1 it prints what draw_peers.awk draws: lines
# "ROW|SERVER|VALUE|TEXT", of the medians.

$1 == "about" { name = $2; sub(/^about [^ ]* /, ""); about[name] = $0; next }
$1 == "remark" { sub(/^remark /, ""); if (!known[$0]++) remarks[++remark_count] = $0; next }
{ values[$1, $2, ++count[$1, $2]] = $3 + 0 }

END {
    server_count = split("ours floor epoll go node python nginx", servers, " ")
    title["ours"] = "ours"; title["floor"] = "floor"; title["epoll"] = "C, epoll"; title["go"] = "Go"
    title["node"] = "Node"; title["python"] = "Python"; title["nginx"] = "nginx"
    list_rows()
    leave_out_missing()
    if (draws) { draw(); exit }
    printf "%s streams at one message a second for %s s, and a storm of %s connections; %s; %s%s.\n\n", \
        grouped(about["clients"]), about["seconds"], grouped(about["storm"]), rounds(), about["machine"], versions()
    print_figures()
    print_ratios()
    for (i = 1; i <= remark_count; i++) printf "\n%s\n", remarks[i]
}

# row(NAME, WHAT, SCALE, DECIMALS, MORE): figures are divided by SCALE. MORE: more is better. A NAME that ends in "+" is that of the
# executed program, and of requests a second it is the time of one.
function row(name, what, scale, decimals, more) {
    rows[++row_count] = name
    label[name] = what
    divisor[name] = scale
    places[name] = decimals
    is_more[name] = more
}

function list_rows() {
    row("memory", "memory a client, control group, KiB", 1024, 1)
    row("machine", "memory a client, whole machine, KiB", 1024, 1)
    row("cpu", "CPU time an event, µs", 1000, 1)
    row("first_p50", "first event, p50, ms", 1000, 2)
    row("first_p99", "first event, p99, ms", 1000, 2)
    row("late_p50", "lateness of a message, p50, ms", 1000, 2)
    row("late_p99", "lateness of a message, p99, ms", 1000, 2)
    row("late_max", "lateness of a message, max, ms", 1000, 2)
    row("storm_p50", "storm: hello, p50, ms", 1000, 0)
    row("storm_max", "storm: the last hello, ms", 1000, 0)
    row("storm_lost", "storm: refused or unanswered", 1, 0)
    row("requests_per_second", "short requests a second ↑", 1, 0, 1)
    row("requests_per_second+", "a short request, executed by tcpserver, ms", 1000, 2)
    row("flood_events", "messages a second, one stream at full speed ↑", 1, 0, 1)
    row("flood_bytes", "its MB a second ↑", 1000000, 0, 1)
    row("recorded_p99", "lateness of a recorded write, p99, ms", 1000, 2)
    row("status_p50", "`/status` with all streams, ms", 1000, 2)
}

# of(SERVER, NAME, I): the value of a round; "": none.
function of(server, name, i,    executed) {
    executed = server "_executed"
    if (name == "requests_per_second+")
        return (executed, "requests_per_second", i) in values && values[executed, "requests_per_second", i] > 0 ? \
            1000000 / values[executed, "requests_per_second", i] : ""
    if (name == "storm_lost")
        return (server, "storm_refused", i) in values ? values[server, "storm_refused", i] + values[server, "storm_unanswered", i] : ""
    return (server, name, i) in values ? values[server, name, i] : ""
}

# sort_rounds(SERVER, NAME): its values in `sorted`, the lowest first. Returns how many.
function sort_rounds(server, name,    i, k, n, value) {
    for (i = 1; i <= about["rounds"]; i++) {
        value = of(server, name, i)
        if (value == "") continue
        for (k = n++; k > 0 && sorted[k] > value; k--) sorted[k + 1] = sorted[k]
        sorted[k + 1] = value
    }
    return n
}

function leave_out_missing(    i, k, n, kept) {
    for (i = 1; i <= server_count; i++) {
        for (n = k = 0; ++k <= row_count;) {
            found = sort_rounds(servers[i], rows[k])
            if (!found) continue
            n++
            has[servers[i], rows[k]] = 1
            low[servers[i], rows[k]] = sorted[1]
            middle[servers[i], rows[k]] = sorted[int((found + 1) / 2)]
            high[servers[i], rows[k]] = sorted[found]
        }
        if (n) servers[++kept] = servers[i]
    }
    server_count = kept
}

function grouped(number,    text, out) {
    text = sprintf("%.0f", number)
    if (text !~ /^[0-9]+$/) return text
    while (length(text) > 3) { out = "," substr(text, length(text) - 2) out; text = substr(text, 1, length(text) - 3) }
    return text out
}

function shown(name, value) {
    value /= divisor[name]
    if (value >= 1000000) return sprintf("%.1f M", value / 1000000)
    return value >= 1000 ? grouped(value) : sprintf("%." places[name] "f", value)
}

function rounds() {
    return about["rounds"] == 1 ? "one round" : "medians of " about["rounds"] " rounds in turn, with the lowest and the highest"
}

function versions(    text) {
    if ("go" in about) text = text "; Go " substr(about["go"], 3)
    if ("node" in about) text = text ", Node " substr(about["node"], 2)
    if ("python" in about) text = text ", Python " about["python"]
    if ("nginx" in about) text = text ", nginx " about["nginx"]
    return text
}

function heading(first, from,    i) {
    printf "| %s |", first
    for (i = from; i <= server_count; i++) printf " %s |", title[servers[i]]
    printf "\n| --- |"
    for (i = from; i <= server_count; i++) printf " ---: |"
    print ""
}

function print_figures(    i, k, s, r) {
    heading("figure", 1)
    for (k = 1; k <= row_count; k++) {
        r = rows[k]
        printf "| %s |", label[r]
        for (i = 1; i <= server_count; i++) {
            s = servers[i]
            if (!((s, r) in has)) printf " – |"
            else if (low[s, r] == high[s, r]) printf " %s |", shown(r, middle[s, r])
            else printf " %s (%s–%s) |", shown(r, middle[s, r]), shown(r, low[s, r]), shown(r, high[s, r])
        }
        print ""
    }
}

function print_ratios(    i, k, s, r, ratio) {
    print "\nOurs divided by each, **bold** where ours is better:\n"
    heading("figure", 2)
    for (k = 1; k <= row_count; k++) {
        r = rows[k]
        if (r == "storm_lost") continue
        printf "| %s |", label[r]
        for (i = 2; i <= server_count; i++) {
            s = servers[i]
            if (!((s, r) in has) || !(("ours", r) in has) || middle[s, r] <= 0) { printf " – |"; continue }
            ratio = middle["ours", r] / middle[s, r]
            printf (is_more[r] ? ratio > 1 : ratio < 1) ? " **%s** |" : " %s |", sprintf(ratio < 0.095 ? "%.3f" : ratio < 9.5 ? "%.2f" : "%.0f", ratio)
        }
        print ""
    }
}

function draw(    i, k) {
    for (k = 1; k <= row_count; k++)
        for (i = 1; i <= server_count; i++)
            if ((servers[i], rows[k]) in has)
                printf "%s|%s|%s|%s\n", label[rows[k]], title[servers[i]], middle[servers[i], rows[k]], shown(rows[k], middle[servers[i], rows[k]])
}
