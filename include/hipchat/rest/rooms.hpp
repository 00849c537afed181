#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/rest/client.hpp"
#include "hipchat/rest/paged.hpp"
#include "hipchat/rest/people.hpp"

namespace hipchat::rest {

struct room_details : room_summary {
    std::string topic = {};
    std::optional<user_summary> owner = {};
    std::vector<user_summary> participants = {};
    std::string created = {};
    std::string last_active = {};
    std::string xmpp_jid = {};
    bool is_guest_accessible = false;
    std::string guest_access_url = {};
    std::string avatar_url = {};
    std::optional<bool> delegate_admin_visibility = {};
};

struct room_statistics : resource {
    std::int64_t messages_sent = 0;
    std::string last_active = {};
};

/// Which rooms a list has: all but the archived ones, unless said otherwise.
class room_filter {
public:
    room_filter& include_private(bool on) & {
        private_ = on;
        return *this;
    }
    room_filter&& include_private(bool on) && { return std::move(include_private(on)); }
    room_filter& include_archived(bool on = true) & {
        archived_ = on;
        return *this;
    }
    room_filter&& include_archived(bool on = true) && { return std::move(include_archived(on)); }

    bool has_private() const noexcept { return private_; }
    bool has_archived() const noexcept { return archived_; }

private:
    bool private_ = true;
    bool archived_ = false;
};

/// A room to create: public, without guests, owned by the caller, unless said otherwise.
class new_room {
public:
    /// @param name 1 to 50 characters
    explicit new_room(std::string name) : name_(std::move(name)) {}

    /// At most 250 characters.
    new_room& topic(std::string text) & {
        topic_ = std::move(text);
        return *this;
    }
    new_room&& topic(std::string text) && { return std::move(topic(std::move(text))); }
    new_room& is_private(bool on = true) & {
        private_ = on;
        return *this;
    }
    new_room&& is_private(bool on = true) && { return std::move(is_private(on)); }
    new_room& guest_access(bool on = true) & {
        guests_ = on;
        return *this;
    }
    new_room&& guest_access(bool on = true) && { return std::move(guest_access(on)); }
    new_room& owner(user_ref who) & {
        owner_ = std::move(who);
        return *this;
    }
    new_room&& owner(user_ref who) && { return std::move(owner(std::move(who))); }
    /// Lets administrators see a private room.
    new_room& delegate_admin_visibility(bool on = true) & {
        delegated_ = on;
        return *this;
    }
    new_room&& delegate_admin_visibility(bool on = true) && {
        return std::move(delegate_admin_visibility(on));
    }

    const std::string& name() const noexcept { return name_; }
    const std::string& topic() const noexcept { return topic_; }
    bool hidden() const noexcept { return private_; }
    bool guests() const noexcept { return guests_; }
    const std::optional<user_ref>& owned_by() const noexcept { return owner_; }
    std::optional<bool> delegated() const noexcept { return delegated_; }

private:
    std::string name_;
    std::string topic_;
    bool private_ = false;
    bool guests_ = false;
    std::optional<user_ref> owner_;
    std::optional<bool> delegated_;
};

/// A changed room. The host wants all of it at once, so it is made from what the room is now.
class room_update {
public:
    explicit room_update(const room_details& now)
        : name_(now.name),
          topic_(now.topic),
          private_(now.privacy == "private"),
          archived_(now.is_archived),
          guests_(now.is_guest_accessible),
          owner_(now.owner ? now.owner->id : 0),
          delegated_(now.delegate_admin_visibility) {}

    room_update& name(std::string text) & {
        name_ = std::move(text);
        return *this;
    }
    room_update&& name(std::string text) && { return std::move(name(std::move(text))); }
    room_update& topic(std::string text) & {
        topic_ = std::move(text);
        return *this;
    }
    room_update&& topic(std::string text) && { return std::move(topic(std::move(text))); }
    room_update& is_private(bool on = true) & {
        private_ = on;
        return *this;
    }
    room_update&& is_private(bool on = true) && { return std::move(is_private(on)); }
    room_update& is_archived(bool on = true) & {
        archived_ = on;
        return *this;
    }
    room_update&& is_archived(bool on = true) && { return std::move(is_archived(on)); }
    room_update& guest_access(bool on = true) & {
        guests_ = on;
        return *this;
    }
    room_update&& guest_access(bool on = true) && { return std::move(guest_access(on)); }
    room_update& owner(std::int64_t user_id) & {
        owner_ = user_id;
        return *this;
    }
    room_update&& owner(std::int64_t user_id) && { return std::move(owner(user_id)); }

    const std::string& name() const noexcept { return name_; }
    const std::string& topic() const noexcept { return topic_; }
    bool hidden() const noexcept { return private_; }
    bool archived() const noexcept { return archived_; }
    bool guests() const noexcept { return guests_; }
    /// 0: not known.
    std::int64_t owned_by() const noexcept { return owner_; }
    std::optional<bool> delegated() const noexcept { return delegated_; }

private:
    std::string name_;
    std::string topic_;
    bool private_;
    bool archived_;
    bool guests_;
    std::int64_t owner_;
    std::optional<bool> delegated_;
};

/// Rooms, their members, and who is in them.
class rooms {
public:
    explicit rooms(client host) : host_(std::move(host)) {}

    /// Scope: view_group.
    paged<room_summary> list(room_filter which = {}) const;
    /// Scope: manage_rooms.
    task<rest::created> create(new_room what) const;
    /// Scope: view_room or view_group; also for the next one.
    task<room_details> get(room_ref which) const;
    task<room_statistics> statistics(room_ref which) const;
    /// Scope: admin_room.
    task<> update(room_ref which, room_update changed) const;
    /// Scope: manage_rooms. Everybody in it leaves.
    task<> remove(room_ref which) const;
    /// Scope: admin_room.
    /// @param text at most 250 characters; may be empty
    task<> set_topic(room_ref which, std::string text) const;

    /// URL of the room's picture; empty if it has none. Scope: view_group.
    task<std::string> avatar(room_ref which) const;
    /// Scope: admin_room, also for the next one.
    /// @param image the bytes of a picture file
    task<> set_avatar(room_ref which, std::string image) const;
    task<> remove_avatar(room_ref which) const;

    /// Members of a private room. Scope: view_room or view_group.
    paged<participant> members(room_ref which) const;
    /// Scope: admin_room, also for the next two.
    /// @param roles "room_admin", "room_member"; empty: the host decides
    task<> add_member(room_ref which, user_ref who, std::vector<std::string> roles = {}) const;
    task<> remove_member(room_ref which, user_ref who) const;
    /// @param reason 1 to 250 characters; empty: none is given
    task<> invite(room_ref which, user_ref who, std::string reason = {}) const;

    /// Who is in the room. Scope: view_room or view_group.
    /// @param include_offline of a private room, its members that are away too
    paged<participant> participants(room_ref which, bool include_offline = false) const;

private:
    client host_;
};

}  // namespace hipchat::rest
