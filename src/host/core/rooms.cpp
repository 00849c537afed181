#include "host/core/rooms.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/random.hpp"
#include "host/core/dates.hpp"

namespace hipchat::host {
namespace {

std::string lowered(std::string_view name) {
    std::string lower(name);
    for (char& each : lower)
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    return lower;
}

const std::map<std::int64_t, member> no_members;

// What events say of an add-on that did something (addon-side.md 5.3, "client sender").
json::object told_of(const client& who) {
    json::array scopes;
    for (const scope each : who.descriptor.scopes)
        scopes.emplace_back(to_string(each));
    return {{"id", who.oauth_id},
            {"name", who.sender_name()},
            {"allowed_scopes", std::move(scopes)},
            {"room", nullptr}};
}

}  // namespace

rooms::rooms(database& store, const clock& time, feed& news, connection& on)
    : store_(store), time_(time), feed_(news) {
    statement groups = on.query("SELECT name FROM groups WHERE id = ?", group_id());
    if (groups.step()) group_name_ = groups.text(0);
    for (room& each : read_rooms(on))
        remember(std::make_shared<const room>(std::move(each)));
    for (const auto& [room_id, each] : read_members(on))
        members_[room_id].emplace(each.person_id, each);
}

room_ptr rooms::find(std::int64_t id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
}

room_ptr rooms::find(std::string_view id_or_name) const {
    const std::string text(id_or_name);
    const char* const end = text.data() + text.size();
    std::int64_t id = 0;
    const auto [stopped, flaw] = std::from_chars(text.data(), end, id);
    if (flaw == std::errc() && stopped == end) return find(id);
    const auto found = by_name_.find(lowered(id_or_name));
    return found == by_name_.end() ? nullptr : find(found->second);
}

void rooms::remember(room_ptr each) {
    by_name_.insert_or_assign(lowered(each->name), each->id);
    by_id_.insert_or_assign(each->id, std::move(each));
}

void rooms::forget(std::int64_t id) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return;
    by_name_.erase(lowered(found->second->name));
    by_id_.erase(found);
}

task<> rooms::rename_group(std::string name) {
    const auto write = [name, id = group_id()](connection& on) {
        on.run("UPDATE groups SET name = ? WHERE id = ?", name, id);
    };
    task<> writing = store_.write(write);
    co_await writing;
    group_name_ = std::move(name);
}

task<room_ptr> rooms::create(room made, doer by) {
    made.created = time_.now();
    const auto write = [made, entry = draft(made, "room_created", by)](connection& on) {
        std::optional<room> stored = insert_room(on, made);
        if (!stored) return stored;
        change_draft told = entry;
        told.room_id = stored->id;
        told.content["room"] = to_json(*stored);
        append_change(on, std::move(told));
        return stored;
    };
    task<std::optional<room>> writing = store_.write(write);
    std::optional<room> stored = co_await writing;
    if (!stored) co_return nullptr;
    auto kept = std::make_shared<const room>(*std::move(stored));
    remember(kept);
    if (kept->is_private() && kept->owner_id != 0)
        members_[kept->id].emplace(kept->owner_id, member{kept->owner_id, true});
    feed_.wake();
    co_return kept;
}

task<room_ptr> rooms::change(room changed, doer by) {
    const room_ptr before = find(changed.id);
    if (!before) co_return nullptr;
    const auto write = [changed, drafts = news_of(*before, changed, by)](connection& on) {
        if (!update_room(on, changed)) return false;
        for (const change_draft& each : drafts)
            append_change(on, each);
        return true;
    };
    task<bool> writing = store_.write(write);
    const bool stored = co_await writing;
    if (!stored) co_return nullptr;
    auto kept = std::make_shared<const room>(std::move(changed));
    forget(kept->id);
    remember(kept);
    feed_.wake();
    co_return kept;
}

task<bool> rooms::remove(room_ptr gone, doer by) {
    const auto write = [id = gone->id, entry = draft(*gone, "room_deleted", by)](connection& on) {
        if (!delete_room(on, id)) return false;
        append_change(on, entry);
        return true;
    };
    task<bool> writing = store_.write(write);
    const bool deleted = co_await writing;
    if (deleted) {
        forget(gone->id);
        members_.erase(gone->id);
        feed_.wake();
    }
    co_return deleted;
}

const std::map<std::int64_t, member>& rooms::members_of(std::int64_t room_id) const {
    const auto found = members_.find(room_id);
    return found == members_.end() ? no_members : found->second;
}

bool rooms::is_member(std::int64_t room_id, std::int64_t person_id) const {
    return members_of(room_id).contains(person_id);
}

task<> rooms::add_member(std::int64_t room_id, member one) {
    const auto write = [room_id, one](connection& on) { put_member(on, room_id, one); };
    task<> writing = store_.write(write);
    co_await writing;
    members_[room_id].insert_or_assign(one.person_id, one);
}

task<bool> rooms::drop_member(std::int64_t room_id, std::int64_t person_id) {
    const auto write = [room_id, person_id](connection& on) {
        return remove_member(on, room_id, person_id);
    };
    task<bool> writing = store_.write(write);
    const bool removed = co_await writing;
    members_[room_id].erase(person_id);
    co_return removed;
}

change_draft rooms::draft(const room& of, std::string_view kind, const doer& by) const {
    change_draft made{.room_id = of.id};
    made.from.network = "rooms";
    made.content = {{"id", random_uuid()},
                    {"at", write_date(time_.now())},
                    {"kind", kind},
                    {"room", to_json(of)}};
    if (by.who)
        made.content["person"] = to_json(*by.who);
    else
        made.content["person"] = nullptr;
    if (by.client) {
        made.actor = by.client->oauth_id;
        made.content["by"] = by.client->sender_name();
        made.content["client"] = told_of(*by.client);
    }
    return made;
}

std::vector<change_draft> rooms::news_of(const room& before, const room& after,
                                         const doer& by) const {
    std::vector<change_draft> drafts;
    if (before.topic != after.topic) {
        drafts.push_back(draft(after, "topic", by));
        drafts.back().content["topic"] = after.topic;
    }
    if (before.is_archived != after.is_archived)
        drafts.push_back(draft(after, after.is_archived ? "room_archived" : "room_unarchived", by));
    if (before.name != after.name || before.privacy != after.privacy
        || before.owner_id != after.owner_id || before.avatar != after.avatar
        || before.is_guest_accessible != after.is_guest_accessible)
        drafts.push_back(draft(after, "room_changed", by));
    return drafts;
}

}  // namespace hipchat::host
