/* The smallest program that a super-server can execute for a connection: it reads once, writes fixed bytes and ends. */
#include <unistd.h>

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                             "id: hello\ndata: Hello, 127.0.0.1:54004!\n\n";

int main(void)
{
    char request[4096];
    if (read(STDIN_FILENO, request, sizeof request) <= 0)
        return 1;
    return write(STDOUT_FILENO, answer, sizeof answer - 1) != (ssize_t)(sizeof answer - 1);
}
