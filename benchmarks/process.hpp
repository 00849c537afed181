#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>

namespace bench {

/// Nanoseconds that the threads of a process have run so far; 0 if there is no such process.
inline std::uint64_t run_time(pid_t process) {
    const std::filesystem::path threads = "/proc/" + std::to_string(process) + "/task";
    std::uint64_t sum = 0;
    std::error_code gone;
    for (const auto& thread : std::filesystem::directory_iterator(threads, gone)) {
        std::uint64_t nanoseconds = 0;
        if (std::ifstream(thread.path() / "schedstat") >> nanoseconds) sum += nanoseconds;
    }
    return sum;
}

/// A line of /proc/PID/status in KiB, for example "VmRSS"; 0 if there is none.
inline std::uint64_t memory_kib(pid_t process, std::string_view name) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    std::string word;
    while (status >> word) {
        std::uint64_t value = 0;
        if (word.starts_with(name) && word.size() == name.size() + 1 && status >> value)
            return value;
        status.clear();
        status.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    return 0;
}

}  // namespace bench
