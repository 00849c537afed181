#pragma once

#include <gtest/gtest.h>

#include <string>

#include "running_host.hpp"
#include "sample_addon.hpp"

namespace hipchat::host::testing {

/// A host with an add-on in *Lobby* that may do everything there, and people with tokens.
class rest_caller : public ::testing::Test {
protected:
    /// @param adjust changes the host's options; may be empty
    explicit rest_caller(const std::function<void(host_options&)>& adjust = {});

    /// A token of the add-on with all of its scopes.
    const std::string& addon_token() const noexcept { return addon_token_; }
    /// A new personal token with all scopes, or with those of a JSON list.
    std::string token_of(const std::string& name, const std::string& scopes = "") const;
    /// A new token of *Lobby* itself.
    std::string room_token(const std::string& label) const;

    /// With a token in the header.
    plain_answer ask(const std::string& token, const std::string& method, const std::string& target,
                     const std::string& body = "") const;
    plain_answer get(const std::string& token, const std::string& target) const {
        return ask(token, "GET", target);
    }
    /// Authorization: Basic, with the credentials of an install request.
    static std::string basic_of(const json::object& offer);
    /// The document there; fails the test unless the answer is 200.
    json::object read(const std::string& token, const std::string& target) const;
    /// The names, or what else `member` says, of the items of a list.
    static std::vector<std::string> column(const json::object& list, const char* member = "name");
    /// "error"."field" of a 400; fails the test for any other answer.
    static std::string field_of(const plain_answer& answer);

    temporary_folder folder_;
    running_host host_;
    sample_addon addon_;

private:
    std::string addon_token_;
};

}  // namespace hipchat::host::testing
