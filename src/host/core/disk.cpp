#include "host/core/disk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "storage/errors.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t at_once = std::size_t{64} * 1024;

[[noreturn]] void fail(const std::string& path, std::string_view what) {
    const std::string why = std::generic_category().message(errno);
    throw storage::storage_error(path + " cannot be " + std::string(what) + " (" + why
                                 + "); look at the disk and at who may use the folder");
}

// An open file.
class descriptor_of {
public:
    descriptor_of(const std::string& path, int how, std::string_view what)
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX
        : raw_(::open(path.c_str(), how | O_CLOEXEC, 0600)) {
        if (raw_ < 0) fail(path, what);
    }
    descriptor_of(const descriptor_of&) = delete;
    descriptor_of& operator=(const descriptor_of&) = delete;
    ~descriptor_of() { ::close(raw_); }

    int raw() const noexcept { return raw_; }

private:
    int raw_;
};

// False if the disk refuses.
bool write_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ::ssize_t written = ::write(to, bytes.data(), bytes.size());
        if (written > 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            return false;
    }
    return true;
}

// Fills a new file by `fill`, which says whether it worked.
template <class Fill>
void make_file(const std::string& path, const Fill& fill) {
    const descriptor_of to(path, O_WRONLY | O_CREAT | O_EXCL, "made");
    try {
        if (!fill(to.raw()) || ::fsync(to.raw()) != 0) fail(path, "written");
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        throw;
    }
}

// Hands the bytes of a file to `take`, part by part, until it says no. Returns its last word.
template <class Take>
bool read_parts(const std::string& path, const Take& take) {
    const descriptor_of from(path, O_RDONLY, "read");
    std::array<char, at_once> part{};
    while (true) {
        const ::ssize_t count = ::read(from.raw(), part.data(), part.size());
        if (count == 0) return true;
        if (count < 0 && errno != EINTR) fail(path, "read");
        if (count > 0 && !take(std::string_view(part.data(), static_cast<std::size_t>(count))))
            return false;
    }
}

}  // namespace

void write_file(const std::string& path, std::string_view bytes) {
    make_file(path, [&](int to) { return write_all(to, bytes); });
}

protocol::sha256_digest copy_file(const std::string& from, const std::string& to) {
    protocol::sha256_of_parts sum;
    make_file(to, [&](int raw) {
        return read_parts(from, [&](std::string_view part) {
            sum.add(part);
            return write_all(raw, part);
        });
    });
    return sum.end();
}

protocol::sha256_digest digest_of(const std::string& path) {
    protocol::sha256_of_parts sum;
    read_parts(path, [&](std::string_view part) {
        sum.add(part);
        return true;
    });
    return sum.end();
}

void sync_path(const std::string& path) {
    const descriptor_of open(path, O_RDONLY, "opened");
    if (::fsync(open.raw()) != 0) fail(path, "brought to the disk");
}

}  // namespace hipchat::host
