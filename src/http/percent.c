/* Percent-encoding. Nothing fails: a "%" without two digits stands for itself, and percent_is_valid() reports it. */
#include "http/percent.h"

int percent_byte_at(struct span encoded, size_t i)
{
    if (encoded.at[i] != '%' || encoded.length - i < 3)
        return -1;
    int high = span_hex_digit(encoded.at[i + 1]);
    int low = span_hex_digit(encoded.at[i + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool percent_is_valid(struct span encoded)
{
    for (size_t i = 0; i < encoded.length; i++)
        if (encoded.at[i] == '%' && percent_byte_at(encoded, i) < 0)
            return false;
    return true;
}

void percent_decode(struct text *text, struct span encoded)
{
    for (size_t i = 0; i < encoded.length; i++) {
        int byte = percent_byte_at(encoded, i);
        unsigned char out = (unsigned char)(byte >= 0 ? byte : encoded.at[i]);
        text_bytes(text, &out, 1);
        i += byte >= 0 ? 2 : 0;
    }
}

bool percent_decodes_to(struct span encoded, const char *string)
{
    size_t i = 0;
    for (; i < encoded.length && *string != '\0'; string++) {
        int byte = percent_byte_at(encoded, i);
        if ((byte >= 0 ? byte : (unsigned char)encoded.at[i]) != (unsigned char)*string)
            return false;
        i += byte >= 0 ? 3 : 1;
    }
    return i == encoded.length && *string == '\0';
}
