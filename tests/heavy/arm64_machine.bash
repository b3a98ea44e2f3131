# An emulated arm64 machine with Debian's kernel, which has all that the sandbox needs. Unlike qemu-aarch64-static, it is no process of
# this machine.

MACHINE=$ROOT/build/arm64-machine # the kernel and busybox, fetched once

# fetch_machine: one at a time, because other test files may want it at the same moment.
fetch_machine() {
    (
        flock 9
        [ ! -e "$MACHINE/fetched" ] || exit 0
        fetch_packages || { $(as_root) apt-get -qq update && fetch_packages; } || exit 1
        touch "$MACHINE/fetched"
    ) 9>"$MACHINE.lock"
}

as_root() {
    [ "$(id -u)" = 0 ] || echo sudo -n
}

# fetch_packages: unpacks them in $MACHINE and installs nothing. The first is the kernel that the package of kernels depends on now.
fetch_packages() {
    local kernel
    rm -rf "$MACHINE"
    mkdir -p "$MACHINE/unpacked" && cd "$MACHINE" || return 1
    kernel=$(apt-cache depends linux-image-cloud-arm64:arm64 | sed -n 's/.*Depends: \(linux-image-[^ :]*\).*/\1/p')
    apt-get -qq download "$kernel:arm64" busybox-static:arm64 || return 1
    find . -name '*.deb' -exec dpkg-deb -x {} unpacked \;
    mv unpacked/boot/vmlinuz-* kernel && mv unpacked/bin/busybox busybox
    rm -rf unpacked ./*.deb
}

# make_disk FILE...: the machine's files, in memory: busybox and these, all in its root. One of them is the script init.
make_disk() {
    mkdir -p disk/proc disk/dev disk/tmp disk/bin
    chmod 1777 disk/tmp
    cp "$@" disk && cp "$MACHINE/busybox" disk/bin
    (cd disk && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >disk.gz
}

# boot_machine: runs init until it powers off; what it prints is in the file console. Ten minutes at the most.
boot_machine() {
    local code=0
    timeout 600 qemu-system-aarch64 -M virt -cpu cortex-a57 -m 256 -nographic -nic none -no-reboot -kernel "$MACHINE/kernel" \
        -initrd disk.gz -append 'console=ttyAMA0 panic=-1 quiet' </dev/null >console.raw 2>&1 || code=$?
    tr -d '\r' <console.raw >console
    [ "$code" = 0 ] || cat console >&2
    return "$code"
}
