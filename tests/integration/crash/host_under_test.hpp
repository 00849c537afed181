#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "hipchat/json.hpp"
#include "support/child_process.hpp"
#include "support/plain_http.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::testing {

/// `hipchat-connect host` on a data folder of its own, started as often as it takes. Requests may
/// be made from every thread; the rest belongs to the test's.
class host_under_test {
public:
    /// The one before must have ended.
    void start();
    void kill();

    std::uint16_t port() const noexcept { return port_; }
    /// The answer; its status is 0 if the host ended before there was one.
    plain_answer send(const std::string& method, const std::string& target,
                      const std::string& body = "") const;
    /// All changes of room 1, oldest first.
    json::array changes() const;
    /// Fails the test unless the database is sound. The host must not run.
    void expect_sound() const;

private:
    temporary_folder folder_;
    std::unique_ptr<child_process> process_;
    std::uint16_t port_ = 0;
};

}  // namespace hipchat::testing
