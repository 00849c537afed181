#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "host/connect/courier.hpp"
#include "host/connect/judge.hpp"
#include "host/core/values.hpp"
#include "transport/http_client.hpp"

namespace hipchat::host {

/// What an offer does next.
namespace install_step {
/// Get the descriptor; then descriptor_came().
struct fetch {
    transport::http_call call = {};
};
/// Make the client active, durably; then activated().
struct activate {
    client made = {};
    std::string descriptor_text = {};
};
/// Offer the add-on its credentials; then addon_answered().
struct post {
    transport::http_call call = {};
};
/// Make the offered client an installed one. The end.
struct confirm {};
/// Make the offered client void, then fail. The end.
struct withdraw {
    bool tell = false;  ///< the add-on may believe that it is installed
    install_refused why;
};
/// Nothing was changed. The end.
struct fail {
    install_refused why;
};
}  // namespace install_step

using install_action =
    std::variant<install_step::fetch, install_step::activate, install_step::post,
                 install_step::confirm, install_step::withdraw, install_step::fail>;

/// What somebody asked for, and what chance provided.
struct install_terms {
    std::string url = {};  ///< of the descriptor
    std::vector<scope> agreed = {};
    std::optional<std::int64_t> room_id = {};  ///< absent: the whole group
    std::int64_t group_id = 1;
    std::string oauth_id = {};
    secret oauth_secret = {};
    wall_time now = {};
    std::chrono::milliseconds fetch_time{5'000};
    std::chrono::milliseconds answer_time{15'000};
};

/// The way of an installation (addon-side.md 2.2), as a state machine that performs
/// nothing itself:
///
///     begin -> fetch -> activate -> post -> confirm
///                 \         \          \-> withdraw
///                  `---------`-> fail
///
/// The client is active before the add-on is asked, because the add-on asks back before it answers.
class install_offer {
public:
    install_offer(install_terms terms, const self_address& self)
        : terms_(std::move(terms)), self_(self) {}

    install_action begin();
    install_action descriptor_came(const outcome& how);
    /// @param done false: the add-on is in that room already
    install_action activated(bool done) const;
    install_action addon_answered(const outcome& how) const;

private:
    install_action judged(const std::string& text);

    install_terms terms_;
    const self_address& self_;
    descriptor descriptor_;
};

/// Text of the body of an answer that is not a descriptor, or of why there is none.
std::string descriptor_text(const outcome& how, const std::string& url);

/// The call that gets a descriptor.
transport::http_call descriptor_call(const std::string& url, std::chrono::milliseconds limit);

}  // namespace hipchat::host
