#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hipchat/descriptor.hpp"
#include "hipchat/errors.hpp"
#include "host/connect/self_address.hpp"
#include "protocol/descriptor.hpp"

// What the host thinks of a descriptor, before anything is installed. Pure.

namespace hipchat::host {

/// An installation that did not come about; what() is for the person who asked for it.
class install_refused : public error {
public:
    enum class reason {
        bad_request,  ///< the descriptor, or what was asked, is not acceptable
        conflict,     ///< the add-on is there already, or wants other scopes than agreed
        addon,        ///< the add-on could not be reached, or said no
    };

    install_refused(reason why, const std::string& message) : error(message), why_(why) {}
    reason why() const noexcept { return why_; }

private:
    reason why_;
};

/// Throws install_refused if the host may not read a descriptor at `url`.
void check_descriptor_url(std::string_view url, const self_address& self);

struct judged_descriptor {
    std::string url = {};  ///< where it was read from
    descriptor value = {};
    std::vector<protocol::lint_finding> findings = {};  ///< errors first
};

/// Reads a descriptor that came from `url` and collects all that is wrong with it: the published
/// rules, a links.self that is not `url` (unless that is a data: URI), URLs on the host's own
/// origin, patterns that are none. Throws install_refused if it cannot be read at all.
judged_descriptor judge_descriptor(std::string_view text, std::string_view url,
                                   const self_address& self);

/// Throws install_refused, saying which, if the descriptor has an error, cannot be installed there,
/// or asks for other scopes than `agreed`.
/// @param room_id absent: for the whole group
void check_installable(const judged_descriptor& judged, std::optional<std::int64_t> room_id,
                       const std::vector<scope>& agreed);

/// The descriptor that a data: URI holds (addon-side.md 2.1); empty if `url` is none. Throws
/// install_refused for one that is damaged, or longer than 64 KiB.
std::optional<std::string> descriptor_in(std::string_view url);

}  // namespace hipchat::host
