# docker build -t sse-server . && docker run -p 8083:8080 sse-server
# make image builds the last stage for x86-64 and arm64, from the programs of make dist.
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make musl-tools
COPY Makefile /build/
COPY src /build/src/
RUN make -C /build

FROM scratch
ARG VERSION=unknown
LABEL org.opencontainers.image.title=sse-server \
    org.opencontainers.image.description="Server-Sent Events for demonstration and testing" \
    org.opencontainers.image.version=$VERSION
COPY --from=build /build/sse-server /sse-server
# The user is a number because there is no /etc/passwd. PORT is set so that the program never takes standard input for a client.
USER 65532:65532
ENV PORT=8080
EXPOSE 8080
# Docker makes the first check after one interval, and tests wait for it. The default is 30 seconds.
HEALTHCHECK --interval=5s CMD ["/sse-server", "-c"]
ENTRYPOINT ["/sse-server"]
