#include "host/core/presence.hpp"

#include <algorithm>

namespace hipchat::host {
namespace {

origin from_socket() {
    return {"socket", std::nullopt};
}

task<> leave(commands& act, std::int64_t room_id, person who) {
    task<std::optional<change>> leaving = act.leave(from_socket(), room_id, std::move(who));
    co_await leaving;
}

}  // namespace

presence::presence(feed& source)
    : listening_(source.subscribe([this](const change_ptr& made) { apply(*made); })) {
}

bool presence::is_here(std::int64_t person_id) const {
    return std::ranges::any_of(here_,
                               [&](const auto& each) { return each.second.contains(person_id); });
}

std::vector<person> presence::people_in(std::int64_t room_id) const {
    std::vector<person> people;
    const auto found = here_.find(room_id);
    if (found != here_.end())
        for (const auto& [id, each] : found->second)
            people.push_back(each);
    std::ranges::sort(people, {}, &person::name);
    return people;
}

void presence::apply(const change& made) {
    const std::string_view kind = made.content.at("kind").as_string();
    if (kind == "room_deleted") here_.erase(made.room_id);
    if (kind != "enter" && kind != "exit") return;
    const json::object& who = made.content.at("person").as_object();
    const std::int64_t id = who.at("id").to_number<std::int64_t>();
    if (kind == "exit") {
        here_[made.room_id].erase(id);
        return;
    }
    here_[made.room_id].insert_or_assign(id,
                                         person{id, std::string(who.at("name").as_string()),
                                                std::string(who.at("mention_name").as_string())});
}

task<> attendance::arrive(std::int64_t room_id, person who) {
    attendee& each = attendees_[{room_id, who.id}];
    ++each.sockets;
    loop_.cancel(std::exchange(each.leaving, 0));
    task<std::optional<change>> entering = act_.enter(from_socket(), room_id, std::move(who));
    co_await entering;
}

bool attendance::remove_socket(key which) {
    const auto found = attendees_.find(which);
    if (found == attendees_.end() || found->second.sockets == 0) return false;
    return --found->second.sockets == 0;
}

void attendance::lose(std::int64_t room_id, const person& who) {
    const key which(room_id, who.id);
    if (!remove_socket(which) || stopped_) return;
    attendees_[which].leaving =
        loop_.call_after(grace_, [this, which, who] { time_up(which, who); });
}

void attendance::time_up(key which, const person& who) {
    attendees_.erase(which);
    work_.run("leaving a room", leave(act_, which.first, who));
}

task<> attendance::depart(std::int64_t room_id, person who) {
    const key which(room_id, who.id);
    if (!remove_socket(which)) co_return;
    attendees_.erase(which);
    task<> leaving = leave(act_, room_id, std::move(who));
    co_await leaving;
}

void attendance::stop() {
    stopped_ = true;
    for (const auto& [which, each] : attendees_)
        if (each.leaving != 0) loop_.cancel(each.leaving);
    attendees_.clear();
}

}  // namespace hipchat::host
