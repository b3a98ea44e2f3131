# The figures of tests/bench/plot as an SVG: memory a client and CPU time an event, over the number of clients, floor and ours.
#
# Reads lines of nine columns: clients, and of the floor and of ours in turn: KiB, µs, ms late, ms for /status. The horizontal axis is
# logarithmic, the vertical one begins at zero. Colours follow the reader's light or dark mode.

{
    n++
    clients[n] = $1
    value["memory", "floor", n] = $2
    value["memory", "ours", n] = $6
    value["cpu", "floor", n] = $3
    value["cpu", "ours", n] = $7
}

END {
    if (n == 0) exit 1
    width = 760; height = 290
    top = 66; bottom = 236; wide = 290
    first = log(clients[1]); span = log(clients[n]) - first
    begin()
    panel("memory", "Memory a client, KiB", 60)
    panel("cpu", "CPU time an event, µs", 440)
    print "</svg>"
}

function begin() {
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n", width, height, width, height
    print "<title>What a client costs, by the number of clients</title>"
    print "<style>"
    print "svg { color: #1f2328; --ours: #0969da; font: 12px system-ui, sans-serif }"
    print "@media (prefers-color-scheme: dark) { svg { color: #e6edf3; --ours: #58a6ff } }"
    print "text { fill: currentColor }"
    print ".name { font-size: 14px; font-weight: 600 }"
    print ".grid { stroke: currentColor; stroke-opacity: .18 }"
    print ".floor { stroke: currentColor; stroke-dasharray: 5 4 }"
    print ".ours { stroke: var(--ours) }"
    print "polyline, .key { fill: none; stroke-width: 2 }"
    print "circle.floor { fill: currentColor; stroke: none }"
    print "circle.ours { fill: var(--ours); stroke: none }"
    print "</style>"
}

function x_of(i, left) {
    return left + (span > 0 ? (log(clients[i]) - first) / span * wide : wide / 2)
}

function y_of(v, most) {
    return bottom - v / most * (bottom - top)
}

# 1, 2 or 5 times a power of ten, so that there are at most five steps.
function step_for(most,    power) {
    for (power = 0.001; most / power > 50; power *= 10)
        ;
    return most / power <= 5 ? power : most / power <= 10 ? power * 2 : most / power <= 25 ? power * 5 : power * 10
}

function panel(what, name, left,    most, step, v, i) {
    most = 0
    for (i = 1; i <= n; i++) {
        if (value[what, "floor", i] > most) most = value[what, "floor", i]
        if (value[what, "ours", i] > most) most = value[what, "ours", i]
    }
    if (most <= 0) most = 1
    step = step_for(most)
    most = step * int(most / step + 0.9999)
    printf "<text class=\"name\" x=\"%d\" y=\"24\">%s</text>\n", left, name
    key("ours", left, 44)
    key("floor", left + 80, 44)
    for (v = 0; v <= most + step / 2; v += step) {
        printf "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>", left, y_of(v, most), left + wide, y_of(v, most)
        printf "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", left - 8, y_of(v, most) + 4, v + 0
    }
    for (i = 1; i <= n; i++)
        printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", x_of(i, left), bottom + 20, grouped(clients[i])
    printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">clients</text>\n", left + wide / 2, bottom + 40
    curve(what, "floor", left, most)
    curve(what, "ours", left, most)
}

function key(server, x, y) {
    printf "<line class=\"key %s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", server, x, y, x + 24, y
    printf "<text x=\"%d\" y=\"%d\">%s</text>\n", x + 30, y + 4, server
}

function curve(what, server, left, most,    i, points) {
    for (i = 1; i <= n; i++)
        points = points sprintf("%.1f,%.1f ", x_of(i, left), y_of(value[what, server, i], most))
    sub(/ $/, "", points)
    printf "<polyline class=\"%s\" points=\"%s\"/>\n", server, points
    for (i = 1; i <= n; i++)
        printf "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s, %s clients: %s</title></circle>\n", server, x_of(i, left), \
            y_of(value[what, server, i], most), server, grouped(clients[i]), value[what, server, i]
}

function grouped(number) {
    return number < 1000 ? number "" : sprintf("%d,%03d", number / 1000, number % 1000)
}
