/* A state machine over bytes. Input that is not JSON leads to one final state. */
#include "http/json_scan.h"

#include <string.h>

void json_scan_open(struct json_scan *scan)
{
    *scan = (struct json_scan){.state = JSON_SCAN_VALUE};
}

static bool is_json_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_in_object(const struct json_scan *scan)
{
    unsigned last = scan->depth - 1;
    return scan->depth > 0 && (scan->objects[last / 8] >> last % 8 & 1) != 0;
}

static void open_container(struct json_scan *scan, bool is_object)
{
    unsigned bit = 1U << scan->depth % 8;
    unsigned char *byte = &scan->objects[scan->depth / 8 % sizeof scan->objects];
    scan->wanted = NULL;
    scan->wants_stream = false;
    if (scan->depth == LIMIT_JSON_DEPTH) {
        scan->state = JSON_SCAN_BAD;
        return;
    }
    *byte = (unsigned char)(is_object ? *byte | bit : *byte & ~bit);
    scan->depth++;
    scan->state = is_object ? JSON_SCAN_FIRST_NAME : JSON_SCAN_FIRST_ELEMENT;
}

static void close_container(struct json_scan *scan)
{
    scan->depth--;
    scan->state = JSON_SCAN_AFTER;
}

/* Begins to keep what is read, in `capacity` bytes at `room`. */
static void keep_in(struct json_scan *scan, char *room, size_t capacity)
{
    scan->kept = text_in(room, capacity);
}

static void begin_name(struct json_scan *scan)
{
    bool is_top = scan->depth == 1;
    scan->in_name = true;
    scan->state = JSON_SCAN_STRING;
    keep_in(scan, is_top ? scan->short_room : NULL, is_top ? sizeof scan->short_room : 0);
}

/* Forgets the value of an earlier member with this name. */
static void end_name(struct json_scan *scan)
{
    struct span name = text_written(&scan->kept);
    bool is_whole = scan->depth == 1 && !scan->kept.truncated; /* with the quotation mark at its end */
    scan->in_name = false;
    scan->state = JSON_SCAN_COLON;
    keep_in(scan, NULL, 0);
    if (is_whole && span_is(name, "id\"")) {
        scan->wanted = &scan->found.id;
        keep_in(scan, scan->id_room, sizeof scan->id_room);
    } else if (is_whole && span_is(name, "model\"")) {
        scan->wanted = &scan->found.model;
        keep_in(scan, scan->model_room, sizeof scan->model_room);
    } else if (is_whole && span_is(name, "stream\"")) {
        scan->wants_stream = true;
        scan->found.has_stream = scan->found.stream = false;
        keep_in(scan, scan->short_room, sizeof scan->short_room);
    }
    if (scan->wanted != NULL)
        *scan->wanted = (struct span){NULL, 0};
}

/* The value of a wanted member is complete: it is not an array and not an object. */
static void take_member(struct json_scan *scan)
{
    struct span value = text_written(&scan->kept);
    if (scan->wants_stream) {
        scan->found.stream = span_is(value, "true");
        scan->found.has_stream = scan->found.stream || span_is(value, "false");
    } else if (scan->wanted == &scan->found.id) {
        if (!span_is(value, "true") && !span_is(value, "false"))
            *scan->wanted = value;
    } else if (span_starts(value, "\"")) {
        *scan->wanted = (struct span){value.at + 1, value.length - 2};
    }
}

static void end_value(struct json_scan *scan)
{
    if ((scan->wanted != NULL || scan->wants_stream) && !scan->kept.truncated)
        take_member(scan);
    scan->wanted = NULL;
    scan->wants_stream = false;
    scan->state = JSON_SCAN_AFTER;
}

static void begin_literal(struct json_scan *scan, const char *rest)
{
    scan->literal = rest;
    scan->state = JSON_SCAN_LITERAL;
}

static void begin_value(struct json_scan *scan, char byte)
{
    if (scan->wanted != NULL || scan->wants_stream)
        text_bytes(&scan->kept, &byte, 1);
    if (byte == '{' || byte == '[')
        open_container(scan, byte == '{');
    else if (byte == '"')
        scan->state = JSON_SCAN_STRING;
    else if (byte == '-')
        scan->state = JSON_SCAN_MINUS;
    else if (is_digit(byte))
        scan->state = byte == '0' ? JSON_SCAN_ZERO : JSON_SCAN_WHOLE;
    else if (byte == 't')
        begin_literal(scan, "rue");
    else if (byte == 'f')
        begin_literal(scan, "alse");
    else if (byte == 'n')
        begin_literal(scan, "ull");
    else
        scan->state = JSON_SCAN_BAD;
}

/* The byte closes the innermost array or object, where it can end. */
static bool closes(const struct json_scan *scan, char byte)
{
    bool in_object = is_in_object(scan);
    if (scan->state == JSON_SCAN_AFTER)
        return scan->depth > 0 && byte == (in_object ? '}' : ']');
    return (scan->state == JSON_SCAN_FIRST_NAME && byte == '}') ||
           (scan->state == JSON_SCAN_FIRST_ELEMENT && byte == ']');
}

/* Between values. */
static void take_structure(struct json_scan *scan, char byte)
{
    enum json_scan_state state = scan->state;
    if (is_json_space(byte))
        return;
    if (closes(scan, byte))
        close_container(scan);
    else if (state == JSON_SCAN_VALUE || state == JSON_SCAN_FIRST_ELEMENT)
        begin_value(scan, byte);
    else if (state == JSON_SCAN_COLON && byte == ':')
        scan->state = JSON_SCAN_VALUE;
    else if ((state == JSON_SCAN_NAME || state == JSON_SCAN_FIRST_NAME) && byte == '"')
        begin_name(scan);
    else if (state == JSON_SCAN_AFTER && byte == ',' && scan->depth > 0)
        scan->state = is_in_object(scan) ? JSON_SCAN_NAME : JSON_SCAN_VALUE;
    else
        scan->state = JSON_SCAN_BAD;
}

static void take_string_byte(struct json_scan *scan, char byte)
{
    text_bytes(&scan->kept, &byte, 1);
    if (byte == '"' && scan->in_name)
        end_name(scan);
    else if (byte == '"')
        end_value(scan);
    else if (byte == '\\')
        scan->state = JSON_SCAN_ESCAPE;
    else if ((unsigned char)byte < ' ')
        scan->state = JSON_SCAN_BAD;
}

static void take_escape(struct json_scan *scan, char byte)
{
    text_bytes(&scan->kept, &byte, 1);
    if (scan->state == JSON_SCAN_HEX) {
        scan->digits--;
        if (span_hex_digit(byte) < 0)
            scan->state = JSON_SCAN_BAD;
        else if (scan->digits == 0)
            scan->state = JSON_SCAN_STRING;
    } else if (byte == 'u') {
        scan->digits = 4;
        scan->state = JSON_SCAN_HEX;
    } else {
        scan->state = byte != '\0' && strchr("\"\\/bfnrt", byte) != NULL ? JSON_SCAN_STRING : JSON_SCAN_BAD;
    }
}

static void take_literal(struct json_scan *scan, char byte)
{
    text_bytes(&scan->kept, &byte, 1);
    if (byte != *scan->literal++)
        scan->state = JSON_SCAN_BAD;
    else if (*scan->literal == '\0')
        end_value(scan);
}

/* The number may end here. */
static bool ends_number(enum json_scan_state state)
{
    return state == JSON_SCAN_ZERO || state == JSON_SCAN_WHOLE || state == JSON_SCAN_FRACTION ||
           state == JSON_SCAN_EXPONENT;
}

/* The state after a digit. */
static enum json_scan_state after_digit(enum json_scan_state state, char digit)
{
    switch (state) {
    case JSON_SCAN_MINUS:
        return digit == '0' ? JSON_SCAN_ZERO : JSON_SCAN_WHOLE;
    case JSON_SCAN_WHOLE:
        return JSON_SCAN_WHOLE;
    case JSON_SCAN_POINT:
    case JSON_SCAN_FRACTION:
        return JSON_SCAN_FRACTION;
    case JSON_SCAN_ZERO:
        return JSON_SCAN_BAD;
    default: /* JSON_SCAN_E, JSON_SCAN_SIGN and JSON_SCAN_EXPONENT */
        return JSON_SCAN_EXPONENT;
    }
}

/* The state after one more byte of a number. JSON_SCAN_BAD if the byte is not part of it. */
static enum json_scan_state after_number_byte(enum json_scan_state state, char byte)
{
    bool is_integer = state == JSON_SCAN_ZERO || state == JSON_SCAN_WHOLE;
    if (is_digit(byte))
        return after_digit(state, byte);
    if (byte == '.')
        return is_integer ? JSON_SCAN_POINT : JSON_SCAN_BAD;
    if (byte == 'e' || byte == 'E')
        return is_integer || state == JSON_SCAN_FRACTION ? JSON_SCAN_E : JSON_SCAN_BAD;
    return state == JSON_SCAN_E && (byte == '+' || byte == '-') ? JSON_SCAN_SIGN : JSON_SCAN_BAD;
}

static void take_number_byte(struct json_scan *scan, char byte)
{
    enum json_scan_state next = after_number_byte(scan->state, byte);
    if (next == JSON_SCAN_BAD && ends_number(scan->state)) {
        end_value(scan);
        take_structure(scan, byte);
        return;
    }
    text_bytes(&scan->kept, &byte, 1);
    scan->state = next;
}

void json_scan_bytes(struct json_scan *scan, struct span bytes)
{
    for (size_t i = 0; i < bytes.length && scan->state != JSON_SCAN_BAD; i++) {
        char byte = bytes.at[i];
        if (scan->state < JSON_SCAN_STRING)
            take_structure(scan, byte);
        else if (scan->state == JSON_SCAN_STRING)
            take_string_byte(scan, byte);
        else if (scan->state == JSON_SCAN_ESCAPE || scan->state == JSON_SCAN_HEX)
            take_escape(scan, byte);
        else if (scan->state == JSON_SCAN_LITERAL)
            take_literal(scan, byte);
        else
            take_number_byte(scan, byte);
    }
}

const struct json_members *json_scan_end(struct json_scan *scan)
{
    if (ends_number(scan->state))
        end_value(scan);
    if (scan->state == JSON_SCAN_AFTER && scan->depth == 0)
        scan->found.is_json = true;
    else
        scan->found = (struct json_members){.is_json = false};
    return &scan->found;
}
