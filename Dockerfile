# docker build -t sse-server . && docker run -p 8080:8080 sse-server
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make musl-tools
COPY Makefile /build/
COPY src /build/src/
RUN make -C /build

FROM scratch
COPY --from=build /build/sse-server /sse-server
# A number, for there is no /etc/passwd here; the port, so that standard input is never taken for a client.
USER 65532:65532
ENV PORT=8080
EXPOSE 8080
HEALTHCHECK CMD ["/sse-server", "-c"]
ENTRYPOINT ["/sse-server"]
