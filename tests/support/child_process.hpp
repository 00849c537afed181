#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hipchat::testing {

/// A program that a test started; killed at the end of its scope if it still runs, and when it
/// prints nothing for 30 s while the test waits for it.
class child_process {
public:
    /// @param variables set beside this process's own; AC_ names of this process are left out
    child_process(std::string program, std::vector<std::string> arguments,
                  const std::map<std::string, std::string>& variables = {});
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;
    ~child_process();

    pid_t pid() const noexcept { return process_; }
    void signal(int number) const;

    /// The next line of its standard output that begins with `start`, without that beginning;
    /// empty optional if the output ends first.
    std::optional<std::string> line_after(std::string_view start);
    /// Reads standard output to its end, and waits for the program to end.
    /// @return its exit code, or 128 + the signal that ended it
    int wait();

    /// What it has printed so far, as far as it was read.
    const std::string& printed() const noexcept { return printed_; }
    /// What it has written to standard error; after wait() only.
    std::string complained();

private:
    bool read_some();

    pid_t process_ = 0;
    int output_ = -1;
    int errors_ = -1;
    std::string printed_;
    std::size_t searched_ = 0;
    std::optional<int> ended_;
};

}  // namespace hipchat::testing
