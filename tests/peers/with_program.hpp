#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "hipchat/json.hpp"
#include "support/child_process.hpp"
#include "support/contains.hpp"
#include "support/plain_http.hpp"
#include "support/scripted_host.hpp"

namespace hipchat::testing {

/// A program of docs/snippets/coming_from, run as its author would, against a host.
class with_program : public ::testing::Test {
protected:
    /// Starts it, its tenants in memory, and waits until it serves.
    void start(const std::string& name, std::vector<std::string> arguments = {});
    /// Ends it as an operator would; it must end well.
    ~with_program() override;

    /// Installs it: in room 4021 with this id unless told otherwise.
    plain_answer install(const std::string& path = "", const std::string& id = first);
    plain_answer uninstall(const std::string& id = first);
    plain_answer get(const std::string& target) const { return send(port_, {.target = target}); }
    /// The descriptor that it serves.
    json::value descriptor(const std::string& path = "/") const;

    /// A token as the host signs it, for user 117 in room 4021.
    std::string token(const std::string& id = first) const;
    /// A webhook with that body, signed for the installation that it names.
    plain_answer deliver(const std::string& path, const std::string& body,
                         const std::string& id = first) const;
    static std::string enter(const std::string& id = first);
    static std::string message(const std::string& text, const std::string& id = first);
    /// A page as the host opens it.
    plain_answer open(const std::string& path) const;
    plain_answer post(const std::string& path,
                      std::vector<std::pair<std::string, std::string>> headers,
                      std::string body) const;

    static constexpr const char* first = "5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7";
    static constexpr const char* second = "9a2b4c6d-0e1f-4a3b-8c5d-7e9f0a1b2c3d";

    scripted_host host_;
    const secret key_{"q7Rk2VtXw9LmZp4Ns8YbHd3Gf6JcQa1EuTo5Ki0B"};
    std::unique_ptr<child_process> program_;
    std::uint16_t port_ = 0;
};

}  // namespace hipchat::testing
