#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

// Requests signed beforehand, as they go over the wire. All have the same length:
//
//   uint64 count, uint64 length (of one request), then count * length bytes

namespace bench {

struct request_file_head {
    std::uint64_t count = 0;
    std::uint64_t length = 0;
};

/// A request file in memory, without copying it.
class request_file {
public:
    /// Throws std::runtime_error if it cannot be read or is no request file.
    explicit request_file(const std::string& path) {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) throw std::system_error(errno, std::generic_category(), path);
        struct stat about = {};
        ::fstat(file, &about);
        const auto size = static_cast<std::size_t>(about.st_size);
        void* const start = ::mmap(nullptr, size, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
        const int failed = errno;
        ::close(file);
        if (start == MAP_FAILED) throw std::system_error(failed, std::generic_category(), path);
        bytes_ = {static_cast<const char*>(start), size};
        if (size >= sizeof head_) std::memcpy(&head_, start, sizeof head_);
        if (head_.length == 0 || sizeof head_ + head_.count * head_.length != size)
            throw std::runtime_error(path + " is not a file of requests");
    }
    request_file(const request_file&) = delete;
    request_file& operator=(const request_file&) = delete;
    ~request_file() {
        // munmap's parameter is not const, though it writes nothing.
        ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
    }

    std::size_t count() const { return head_.count; }
    std::string_view operator[](std::size_t index) const {
        return {bytes_.data() + sizeof head_ + index * head_.length, head_.length};
    }

private:
    std::span<const char> bytes_;
    request_file_head head_;
};

}  // namespace bench
