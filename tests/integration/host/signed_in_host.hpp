#pragma once

#include <gtest/gtest.h>

#include <string>

#include "running_host.hpp"
#include "support/manual_clock.hpp"

namespace hipchat::host::testing {

/// A host with accounts: Ada owns the group and its first room, *Lobby*.
class signed_in_host : public ::testing::Test {
protected:
    static constexpr const char* password = "correct horse";

    signed_in_host();

    /// A request with a session's cookie; empty: without one.
    plain_answer ask(const std::string& cookie, const std::string& method,
                     const std::string& target, const std::string& body = "") const;
    plain_answer get(const std::string& cookie, const std::string& target) const {
        return ask(cookie, "GET", target);
    }

    /// Signs in; fails the test unless it goes well. Returns the cookie.
    std::string sign_in(const std::string& name, const std::string& with = password) const;
    /// Tries it, whatever comes of it.
    plain_answer try_sign_in(const std::string& name, const std::string& with) const;

    /// Somebody new, invited by Ada, with the usual password. Returns their cookie.
    std::string join(const std::string& name, const std::string& role = "member") const;
    /// The code of a new person's link.
    std::string invite(const std::string& name, const std::string& role = "member") const;
    std::string id_of(const std::string& mention) const;
    /// Names in GET /api/rooms.
    std::string rooms_seen_by(const std::string& cookie) const;
    /// A guest link of *Lobby*: its token.
    std::string open_to_guests() const;
    /// What the answer's Set-Cookie says, without its attributes.
    static std::string cookie_of(const plain_answer& answer);

    hipchat::testing::temporary_folder folder_;
    hipchat::testing::manual_clock time_;
    running_host host_{folder_.file("data"), {}, time_};
    std::string ada_;  ///< cookie
};

}  // namespace hipchat::host::testing
