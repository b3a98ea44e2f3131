/* Base64. */
#include "base/base64.h"

void base64_encode(struct text *text, struct span bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t left = bytes.length - i;
        unsigned long word = (unsigned long)(unsigned char)bytes.at[i] << 16;
        if (left > 1)
            word |= (unsigned long)(unsigned char)bytes.at[i + 1] << 8;
        if (left > 2)
            word |= (unsigned char)bytes.at[i + 2];
        for (unsigned digit = 0; digit < 4; digit++)
            text_bytes(text, digit <= left ? &digits[word >> (18 - 6 * digit) & 63] : "=", 1);
    }
}
