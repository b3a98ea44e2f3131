/* Strings of JSON. */
#include "base/json.h"

/*
 * Returns how many bytes at the front are one character or, if *valid is false, become one U+FFFD. The range of the
 * second byte excludes overlong forms, surrogates and everything after U+10FFFF, as in the Encoding standard.
 */
static size_t take_character(struct span bytes, bool *valid)
{
    unsigned char lead = (unsigned char)bytes.at[0];
    unsigned char least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    unsigned char most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    size_t wanted = 0; /* for a byte that begins no character */
    if (lead < 0x80)
        wanted = 1;
    else if (lead >= 0xc2 && lead <= 0xf4)
        wanted = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    size_t taken = 1;
    while (taken < wanted && taken < bytes.length) {
        unsigned char next = (unsigned char)bytes.at[taken];
        if (next < least || next > most)
            break;
        least = 0x80;
        most = 0xbf;
        taken++;
    }
    *valid = taken == wanted;
    return taken;
}

static void escape(struct text *text, unsigned char control)
{
    static const char named[] = "\b\t\n\f\r", letters[] = "btnfr";
    for (size_t i = 0; i < sizeof named - 1; i++)
        if (control == (unsigned char)named[i]) {
            text_string(text, "\\");
            text_bytes(text, &letters[i], 1);
            return;
        }
    text_string(text, control < 0x10 ? "\\u000" : "\\u00");
    text_hex(text, control);
}

size_t json_piece(struct text *text, struct span bytes)
{
    size_t taken = 0;
    while (taken < bytes.length) {
        char room[JSON_CHARACTER];
        struct text character = text_in(room, sizeof room);
        struct span rest = span_after(bytes, taken);
        bool valid;
        size_t length = take_character(rest, &valid);
        if (!valid)
            text_string(&character, "\xef\xbf\xbd");
        else if ((unsigned char)rest.at[0] < ' ')
            escape(&character, (unsigned char)rest.at[0]);
        else {
            text_string(&character, rest.at[0] == '"' || rest.at[0] == '\\' ? "\\" : "");
            text_bytes(&character, rest.at, length);
        }
        if (text->truncated || character.length > text->capacity - text->length)
            break;
        text_span(text, text_written(&character));
        taken += length;
    }
    return taken;
}

void json_string(struct text *text, struct span bytes)
{
    text_string(text, "\"");
    if (json_piece(text, bytes) < bytes.length)
        text->truncated = true;
    text_string(text, "\"");
}
