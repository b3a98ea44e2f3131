# The medians of tables.awk as an SVG: one panel a figure, one bar a server. Each panel has its own scale, from zero. Colours follow the
# reader's light or dark mode.
#
# Reads lines "FIGURE|SERVER|VALUE|TEXT" and draws the figures that are listed here.

BEGIN {
    FS = "|"
    panel_count = split("memory a client, control group, KiB|CPU time an event, µs|first event, p99, ms|lateness of a message, p99, ms|storm: the last hello, ms|short requests a second ↑|a short request, executed by tcpserver, ms|messages a second, one stream at full speed ↑", panels, "|")
    wide = 200; bar = 18; across = 2; column = 380
}

{
    n = ++count[$1]
    server[$1, n] = $2
    value[$1, n] = $3
    text[$1, n] = $4
    if ($3 > most[$1]) most[$1] = $3
    if (n > tallest) tallest = n
}

END {
    if (!tallest) exit 1
    tall = 34 + tallest * bar + 18
    down = int((panel_count + across - 1) / across)
    begin(across * column, down * tall + 8)
    for (p = 1; p <= panel_count; p++)
        panel(panels[p], (p - 1) % across * column + 8, int((p - 1) / across) * tall + 8)
    print "</svg>"
}

function begin(width, height) {
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n", width, height, width, height
    print "<title>The program beside other servers: shorter bars are better, longer ones where an arrow points up</title>"
    print "<style>"
    print "svg { color: #1f2328; --ours: #0969da; font: 12px system-ui, sans-serif }"
    print "@media (prefers-color-scheme: dark) { svg { color: #e6edf3; --ours: #58a6ff } }"
    print "text { fill: currentColor }"
    print ".name { font-size: 13px; font-weight: 600 }"
    print "rect { fill: currentColor; fill-opacity: .35 }"
    print ".ours { fill: var(--ours); fill-opacity: 1 }"
    print "</style>"
}

function panel(name, left, top,    i, y, length_) {
    printf "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>\n", left, top + 14, name
    for (i = 1; i <= count[name]; i++) {
        y = top + 26 + (i - 1) * bar
        length_ = most[name] > 0 ? value[name, i] / most[name] * wide : 0
        printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", left + 62, y + 11, server[name, i]
        printf "<rect%s x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", server[name, i] == "ours" ? " class=\"ours\"" : "", left + 70, y, \
            length_ < 1 ? 1 : length_, bar - 5
        printf "<text x=\"%.1f\" y=\"%d\">%s</text>\n", left + 76 + length_, y + 11, text[name, i]
    }
}
