#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hipchat/rest/client.hpp"
#include "hipchat/rest/paged.hpp"
#include "hipchat/rest/people.hpp"

namespace hipchat::rest {

/// A webhook of a room, as the host lists it.
struct webhook_summary : resource {
    std::int64_t id = 0;
    std::string key = {};  ///< empty: it was made without one
    std::string name = {};
    std::string event = {};
    std::string pattern = {};
    std::string url = {};
    std::string self = {};  ///< its URL in the API
};

struct webhook_details : webhook_summary {
    std::optional<room_summary> room = {};
    std::optional<user_summary> creator = {};
    std::string created = {};
};

/// A webhook to create without a key. It has no `authentication`, so hosts deliver it unsigned.
class new_webhook {
public:
    /// @param event one of the ten (addon-side.md 5.4), for example room_message::event_name
    /// @param url   one that begins with '/' belongs to the add-on's base URL
    new_webhook(std::string_view event, std::string url) : event_(event), url_(std::move(url)) {}

    /// Of messages: those in which it is found.
    new_webhook& pattern(std::string text) & {
        pattern_ = std::move(text);
        return *this;
    }
    new_webhook&& pattern(std::string text) && { return std::move(pattern(std::move(text))); }
    new_webhook& name(std::string text) & {
        name_ = std::move(text);
        return *this;
    }
    new_webhook&& name(std::string text) && { return std::move(name(std::move(text))); }

    const std::string& event() const noexcept { return event_; }
    const std::string& url() const noexcept { return url_; }
    const std::string& pattern() const noexcept { return pattern_; }
    const std::string& name() const noexcept { return name_; }

private:
    std::string event_;
    std::string url_;
    std::string pattern_;
    std::string name_;
};

/// Webhooks of single rooms by their numbers, the older form. The newer one, by keys and signed, is
/// in <hipchat/rest/modules.hpp>; what an add-on itself listens to is easier by room::add_webhook,
/// which remembers and serves it. Scope: admin_room.
class webhooks {
public:
    explicit webhooks(client host) : host_(std::move(host)) {}

    paged<webhook_summary> list(room_ref where) const;
    task<rest::created> create(room_ref where, new_webhook what) const;
    task<webhook_details> get(room_ref where, std::int64_t id) const;
    task<> remove(room_ref where, std::int64_t id) const;

private:
    client host_;
};

}  // namespace hipchat::rest
