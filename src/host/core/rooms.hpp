#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "host/core/feed.hpp"
#include "host/core/room_rows.hpp"
#include "host/core/tables.hpp"
#include "host/core/values.hpp"

namespace hipchat::host {

using room_ptr = std::shared_ptr<const room>;

/// Who changes something: a person, a client, or nobody (the host itself).
struct doer {
    std::optional<person> who = {};
    client_ptr client = {};
};

/// The rooms and the members of the private ones, all of them in memory. A change is durable, and
/// in the feed, when its task ends. Loop thread only.
class rooms {
public:
    rooms(database& store, const clock& time, feed& news, connection& on);

    /// By id, or by name whatever the case of its (ASCII) letters; null if there is none. Text of
    /// digits only is an id.
    room_ptr find(std::string_view id_or_name) const;
    room_ptr find(std::int64_t id) const;

    /// By id.
    const std::map<std::int64_t, room_ptr>& all() const noexcept { return by_id_; }

    std::int64_t group_id() const noexcept { return 1; }
    const std::string& group_name() const noexcept { return group_name_; }
    /// @param name 1 to 50 characters
    task<> rename_group(std::string name);

    /// Null if the name is taken.
    /// @param made its id is not looked at
    task<room_ptr> create(room made, doer by);
    /// Null if the name is taken or the room is gone. Says in the feed what is new about it: topic,
    /// archived or not, anything else.
    task<room_ptr> change(room changed, doer by);
    /// False if the room was gone already.
    task<bool> remove(room_ptr gone, doer by);

    /// Of a private room; a public one has none.
    const std::map<std::int64_t, member>& members_of(std::int64_t room_id) const;
    bool is_member(std::int64_t room_id, std::int64_t person_id) const;
    task<> add_member(std::int64_t room_id, member one);
    /// False if the person was no member.
    task<bool> drop_member(std::int64_t room_id, std::int64_t person_id);

private:
    change_draft draft(const room& of, std::string_view kind, const doer& by) const;
    std::vector<change_draft> news_of(const room& before, const room& after, const doer& by) const;

    database& store_;
    const clock& time_;
    feed& feed_;
    void remember(room_ptr each);
    void forget(std::int64_t id);

    std::map<std::int64_t, room_ptr> by_id_;
    std::map<std::string, std::int64_t, std::less<>> by_name_;        ///< in lower case
    std::map<std::int64_t, std::map<std::int64_t, member>> members_;  ///< room, person
    std::string group_name_;
};

}  // namespace hipchat::host
