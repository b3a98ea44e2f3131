#!/usr/bin/env bats
# The pure parts, each tested in C; tests/unit has the cases.
load helper

unit() {
    RANDOM_STRINGS=$ROOT/tests/data/random-strings.tsv run -0 "$TOOLS/unit" "$1"
}

@test "the random string of all 1,026 known numbers is the original's" {
    unit go_rand
}

@test "a message that is copied from the one before it has the same bytes as one that is built" {
    unit burst
}

@test "spans are cut and numbers read within their bounds, and texts never overflow" {
    unit text
}

@test "templates take their values, end with their room, and each format has all that a stream needs" {
    unit formats
}

@test "a misspelled name is near to one that is at most two mistakes away, whatever its case" {
    unit similar
}

@test "dates agree with the C library's for every day to 2199, durations and RFC 3339 with the original's form" {
    unit calendar
}

@test "request heads are parsed, and refused with the right status at every fault" {
    unit request
}

@test "bodies come out of their framing whole, however they are cut, and bad framing is refused" {
    unit body
}

@test "forms and paths are decoded byte for byte" {
    unit form
}

@test "the token is read from its file, trimmed, and only the whole of it matches" {
    unit token
}

@test "requests become plans, message numbers reach 2^63-1, and bad parameters are refused" {
    unit plan
}

@test "status JSON is the description's to the byte, and 32,000 clients are sorted" {
    unit status
}

@test "attempts are kept within their rooms without a secret, and their JSON holds whatever they are made of" {
    unit attempt
}

@test "addresses to listen at are read and written, mapped ones as plain IPv4" {
    unit address
}

@test "the door is chosen by what the operator said before what the descriptors are" {
    unit choose
}

@test "the table of children finds each again after any order of coming and going" {
    unit children
}

@test "response heads and chunks are framed to the byte" {
    unit response
}

@test "what the sandbox forbids ends the process that tries it, and what is needed does not" {
    unit confine
}

@test "the filter allows the calls in its table with their arguments, kills at any other, and decides in few steps" {
    unit filter
}

@test "a user is found in passwd(5) by the whole of his name, or taken as two numbers" {
    unit user
}

@test "CRC-32 is the one of gzip, however the bytes are cut" {
    unit crc32
}

@test "the generator of random numbers gives the same for the same seed, within its bounds, and one number a call" {
    unit prng
}

@test "durations, sizes, shares and ranges are read exactly, and refused when out of range or anything else" {
    unit number
}

@test "a list of sizes or waits is read one value at a time, encoded or not, and has at most 1,024" {
    unit list
}

@test "the k-th deadline is the start and the first k waits, however late the writes before it were" {
    unit pace
}

@test "a body is cut behind the blank lines of each event, whatever ends its lines" {
    unit event_block
}

@test "the fields of a head come one by one, and are found in whatever case; what is asked for by name is told" {
    unit fields
}

@test "a cookie is found by its whole name in whichever field has it" {
    unit cookie
}

@test "of a field that carries a secret, an echo shows names of cookies and schemes only" {
    unit secret
}

@test "a request of another origin is told by Sec-Fetch-Site, or else by Origin and Host" {
    unit origin
}

@test "a cookie may be set for an hour at most, or deleted, and only for this host" {
    unit set_cookie
}

@test "integers are read as Python's int() reads them" {
    unit integer
}

@test "gzip in stored blocks is what it should be to the byte, and reads back" {
    unit gzip
}

@test "an event stream means what the standard says, however it is cut, and nothing is told of what is too long" {
    unit interpret
}

@test "any bytes become a JSON string, and what is not UTF-8 is replaced as the Encoding standard replaces it" {
    unit json
}

@test "each named case is a name of its own for parameters that are accepted, and gives way to what stands beside it" {
    unit cases
}

@test "a JSON body has the same id, model and stream wherever it is cut, and what is malformed has none" {
    unit json_scan
}

@test "the end of a path selects the format of a provider, and only whole paths are served" {
    unit providers
}
