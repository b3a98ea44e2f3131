/* Forms. Nothing fails: what is not well-formed stands for itself. */
#include "http/form.h"

#include "http/percent.h"

bool form_next(struct span *rest, struct span *name, struct span *value)
{
    while (rest->at != NULL) {
        *value = span_cut(rest, '&');
        if (value->length == 0)
            continue;
        *name = span_cut(value, '=');
        return true;
    }
    return false;
}

unsigned char form_next_byte(struct span *encoded)
{
    int escaped = percent_byte_at(*encoded, 0);
    unsigned char byte = (unsigned char)(encoded->at[0] == '+' ? ' ' : encoded->at[0]);
    *encoded = span_after(*encoded, escaped >= 0 ? 3 : 1);
    return escaped >= 0 ? (unsigned char)escaped : byte;
}

void form_decode(struct text *text, struct span encoded)
{
    while (encoded.length > 0) {
        unsigned char byte = form_next_byte(&encoded);
        text_bytes(text, &byte, 1);
    }
}

static bool stands_for_itself(char byte)
{
    char letter = (char)(byte | 0x20);
    return (letter >= 'a' && letter <= 'z') || (byte >= '0' && byte <= '9') || byte == '*' || byte == '-' ||
           byte == '.' || byte == '_';
}

void form_encode(struct text *text, struct span bytes)
{
    for (size_t i = 0; i < bytes.length; i++) {
        char byte = bytes.at[i];
        if (byte == ' ' || stands_for_itself(byte)) {
            text_bytes(text, byte == ' ' ? "+" : &byte, 1);
        } else {
            text_string(text, "%");
            text_hex_padded(text, (unsigned char)byte, 2);
        }
    }
}
