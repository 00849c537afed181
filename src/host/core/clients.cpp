#include "host/core/clients.hpp"

#include <algorithm>
#include <utility>

#include "base/random.hpp"
#include "host/core/added_rows.hpp"
#include "host/core/dates.hpp"

namespace hipchat::host {
namespace {

bool same_module(const added_module& a, const added_module& b) {
    return a.room_id == b.room_id && a.kind == b.kind && a.key == b.key;
}

}  // namespace

clients::clients(database& store, const clock& time, feed& news, connection& on, logger& log)
    : store_(store), time_(time), feed_(news) {
    for (client& each : read_clients(on, log)) {
        const bool is_active = each.state != client::status::revoked;
        auto kept = std::make_shared<const client>(std::move(each));
        if (is_active)
            active_.emplace(kept->oauth_id, kept);
        else
            untold_.push_back(kept);
    }
}

client_ptr clients::find(std::string_view oauth_id) const {
    const auto found = active_.find(oauth_id);
    return found == active_.end() ? nullptr : found->second;
}

std::vector<client_ptr> clients::reaching(std::int64_t room_id) const {
    std::vector<client_ptr> found;
    for (const auto& [id, each] : active_)
        if (each->state == client::status::installed && each->reaches(room_id))
            found.push_back(each);
    std::ranges::sort(found, {}, [](const client_ptr& each) { return each->since; });
    return found;
}

client_ptr clients::of_addon(std::optional<std::int64_t> room_id,
                             std::string_view addon_key) const {
    const auto found = std::ranges::find_if(active_, [&](const auto& each) {
        return each.second->room_id == room_id && each.second->descriptor.key == addon_key;
    });
    return found == active_.end() ? nullptr : found->second;
}

task<client_ptr> clients::offer(client made, std::string descriptor_text) {
    const auto write = [&made, &descriptor_text](connection& on) {
        return insert_client(on, made, descriptor_text);
    };
    task<std::optional<std::vector<std::int64_t>>> writing = store_.write(write);
    const std::optional<std::vector<std::int64_t>> hook_ids = co_await writing;
    if (!hook_ids) co_return nullptr;
    for (std::size_t each = 0; each < hook_ids->size(); ++each)
        made.hooks[each].id = (*hook_ids)[each];
    auto offered = std::make_shared<const client>(std::move(made));
    active_.insert_or_assign(offered->oauth_id, offered);
    co_return offered;
}

task<client_ptr> clients::confirm(client_ptr offered) {
    const auto write = [id = offered->oauth_id, entry = draft(*offered, "installed")](
                           connection& on) { return confirm_client(on, id, entry); };
    task<std::optional<change>> writing = store_.write(write);
    const std::optional<change> made = co_await writing;
    if (!made) co_return nullptr;
    auto installed = std::make_shared<client>(*offered);
    installed->state = client::status::installed;
    installed->since = made->seq;
    active_.insert_or_assign(installed->oauth_id, installed);
    feed_.wake();
    co_return installed;
}

task<bool> clients::revoke(client_ptr active, bool tell) {
    std::optional<change_draft> entry;
    if (active->state == client::status::installed) entry = draft(*active, "uninstalled");
    const auto write = [id = active->oauth_id, entry, tell](connection& on) {
        return revoke_client(on, id, entry, tell);
    };
    task<bool> writing = store_.write(write);
    const bool revoked = co_await writing;
    active_.erase(active->oauth_id);
    if (revoked) feed_.wake();
    co_return revoked;
}

task<> clients::told(std::string oauth_id) {
    const auto write = [oauth_id](connection& on) { forget_client(on, oauth_id); };
    task<> writing = store_.write(write);
    co_await writing;
}

template <class Change>
void clients::update(const std::string& oauth_id, Change change) {
    const client_ptr current = find(oauth_id);
    if (!current) return;
    auto changed = std::make_shared<client>(*current);
    change(*changed);
    active_.insert_or_assign(oauth_id, std::move(changed));
}

task<std::int64_t> clients::add_hook(std::string oauth_id, hook added) {
    added.is_added = true;
    added.created = time_.now();
    added.since = feed_.newest();
    const auto write = [oauth_id, added](connection& on) {
        return put_added_hook(on, oauth_id, added);
    };
    task<std::int64_t> writing = store_.write(write);
    added.id = co_await writing;
    if (added.id == 0) co_return 0;
    update(oauth_id, [&](client& owner) {
        std::erase_if(owner.hooks, [&](const hook& each) {
            return each.is_added && !each.key.empty() && each.key == added.key
                   && each.room_id == added.room_id;
        });
        owner.hooks.push_back(added);
    });
    co_return added.id;
}

task<> clients::drop_hook(std::string oauth_id, std::int64_t id) {
    const auto write = [id](connection& on) { drop_added_hook(on, id); };
    task<> writing = store_.write(write);
    co_await writing;
    update(oauth_id, [id](client& owner) {
        std::erase_if(owner.hooks, [id](const hook& each) { return each.id == id; });
    });
}

task<bool> clients::add_module(std::string oauth_id, added_module added) {
    const auto write = [oauth_id, added](connection& on) {
        return put_added_module(on, oauth_id, added);
    };
    task<bool> writing = store_.write(write);
    const bool stored = co_await writing;
    if (!stored) co_return false;
    update(oauth_id, [&](client& owner) {
        std::erase_if(owner.modules,
                      [&](const added_module& each) { return same_module(each, added); });
        owner.modules.push_back(added);
    });
    co_return true;
}

task<> clients::drop_module(std::string oauth_id, added_module gone) {
    const auto write = [oauth_id, gone](connection& on) { drop_added_module(on, oauth_id, gone); };
    task<> writing = store_.write(write);
    co_await writing;
    update(oauth_id, [&](client& owner) {
        std::erase_if(owner.modules,
                      [&](const added_module& each) { return same_module(each, gone); });
    });
}

change_draft clients::draft(const client& of, std::string_view kind) const {
    json::object addon{{"key", of.descriptor.key}, {"name", of.descriptor.name}};
    change_draft made{.room_id = of.room_id.value_or(1), .actor = of.oauth_id};
    made.from.network = "install";
    made.content = {{"id", random_uuid()},
                    {"at", write_date(time_.now())},
                    {"kind", kind},
                    {"addon", std::move(addon)}};
    return made;
}

}  // namespace hipchat::host
