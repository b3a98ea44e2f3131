/* Forms and percent-encoding. Nothing fails: what is not well-formed stands for itself, and percent_valid() tells. */
#include "http/form.h"

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

/* The byte that "%41" at `i` stands for, or -1. */
static int escaped(struct span encoded, size_t i)
{
    if (encoded.at[i] != '%' || encoded.length - i < 3)
        return -1;
    int high = span_hex_digit(encoded.at[i + 1]);
    int low = span_hex_digit(encoded.at[i + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void form_decode(struct text *text, struct span encoded)
{
    for (size_t i = 0; i < encoded.length; i++) {
        int byte = escaped(encoded, i);
        unsigned char out = (unsigned char)(encoded.at[i] == '+' ? ' ' : encoded.at[i]);
        if (byte >= 0) {
            out = (unsigned char)byte;
            i += 2;
        }
        text_bytes(text, &out, 1);
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

bool percent_valid(struct span encoded)
{
    for (size_t i = 0; i < encoded.length; i++)
        if (encoded.at[i] == '%' && escaped(encoded, i) < 0)
            return false;
    return true;
}

bool percent_decodes_to(struct span encoded, const char *path)
{
    size_t i = 0;
    for (; i < encoded.length && *path != '\0'; path++) {
        int byte = escaped(encoded, i);
        if ((byte >= 0 ? byte : (unsigned char)encoded.at[i]) != (unsigned char)*path)
            return false;
        i += byte >= 0 ? 3 : 1;
    }
    return i == encoded.length && *path == '\0';
}

bool media_type_is(struct span content_type, const char *type)
{
    struct span rest = content_type;
    return span_like(span_trim(span_cut(&rest, ';')), type);
}
