#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "hipchat/descriptor.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"
#include "traffic/tally.hpp"

namespace hipchat::traffic {

/// An example as a program with a store of its own, on a free port that it keeps. One thread starts
/// and stops it; everybody may ask the rest.
class example_program {
public:
    /// @param file the program
    example_program(const std::string& file, tally& counts);
    example_program(const example_program&) = delete;
    example_program& operator=(const example_program&) = delete;
    ~example_program() = default;

    const std::string& name() const noexcept { return name_; }
    const descriptor& described() const noexcept { return described_; }
    std::uint16_t port() const noexcept { return port_; }

    /// Waits until it serves. Two calls of stops() that differ say that it was stopped in between.
    void wait_until_serving() const;
    std::uint64_t stops() const noexcept { return stops_; }

    /// SIGTERM: it must drain and end with 0, and must not have reported anything.
    void stop();
    void start();

    std::size_t resident_bytes() const;

private:
    std::string file_;
    std::string name_;
    tally& counts_;
    hipchat::testing::temporary_folder folder_;
    std::unique_ptr<hipchat::testing::child_process> program_;
    std::atomic<std::uint16_t> port_ = 0;
    descriptor described_;
    std::atomic<std::uint64_t> stops_ = 0;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    bool serving_ = false;
};

}  // namespace hipchat::traffic
