#include "host/core/client_rows.hpp"

#include <utility>

#include "host/core/added_rows.hpp"
#include "protocol/descriptor.hpp"

namespace hipchat::host {
namespace {

client::status state_named(std::string_view name) {
    if (name == "offered") return client::status::offered;
    return name == "installed" ? client::status::installed : client::status::revoked;
}

std::vector<hook> read_hooks(connection& on, const client& owner) {
    std::vector<hook> hooks = hooks_of(owner.descriptor);
    statement rows = on.query("SELECT id, position FROM hooks WHERE oauth_id = ? AND position >= 0",
                              owner.oauth_id);
    while (rows.step())
        hooks.at(static_cast<std::size_t>(rows.integer(1))).id = rows.integer(0);
    for (hook& each : read_added_hooks(on, owner.oauth_id))
        hooks.push_back(std::move(each));
    return hooks;
}

}  // namespace

std::optional<std::vector<std::int64_t>> insert_client(connection& on, const client& offered,
                                                       const std::string& descriptor_text) {
    statement present = on.query(
        "SELECT 1 FROM clients WHERE ifnull(room_id, 0) = ? AND addon_key = ? "
        "AND state <> 'revoked'",
        offered.room_id.value_or(0), offered.descriptor.key);
    if (present.step()) return std::nullopt;
    on.run(
        "INSERT INTO clients(oauth_id, secret, room_id, addon_key, descriptor_url, descriptor, "
        "state, installed_at) VALUES (?, ?, ?, ?, ?, ?, 'offered', ?)",
        offered.oauth_id, offered.secret.reveal(), offered.room_id, offered.descriptor.key,
        offered.descriptor_url, descriptor_text, to_column(offered.installed_at));
    std::vector<std::int64_t> ids;
    for (std::size_t position = 0; position < offered.hooks.size(); ++position) {
        on.run("INSERT INTO hooks(oauth_id, position) VALUES (?, ?)", offered.oauth_id, position);
        ids.push_back(on.last_insert_id());
    }
    return ids;
}

std::optional<change> confirm_client(connection& on, const std::string& oauth_id,
                                     change_draft entry) {
    statement offered =
        on.query("SELECT 1 FROM clients WHERE oauth_id = ? AND state = 'offered'", oauth_id);
    if (!offered.step()) return std::nullopt;
    change made = append_change(on, std::move(entry)).made;
    on.run("UPDATE clients SET state = 'installed', since = ? WHERE oauth_id = ?", made.seq,
           oauth_id);
    return made;
}

bool revoke_client(connection& on, const std::string& oauth_id, std::optional<change_draft> entry,
                   bool keep) {
    const std::int64_t revoked = on.run(
        "UPDATE clients SET state = 'revoked' WHERE oauth_id = ? AND state <> 'revoked'", oauth_id);
    if (revoked == 0) return false;
    on.run("DELETE FROM tokens WHERE oauth_id = ?", oauth_id);
    on.run("DELETE FROM deliveries WHERE oauth_id = ?", oauth_id);
    if (entry) append_change(on, *std::move(entry));
    if (!keep) forget_client(on, oauth_id);
    return true;
}

void forget_client(connection& on, const std::string& oauth_id) {
    on.run("DELETE FROM clients WHERE oauth_id = ? AND state = 'revoked'", oauth_id);
}

void revoke_unconfirmed(connection& on) {
    on.run(
        "DELETE FROM tokens WHERE oauth_id IN "
        "(SELECT oauth_id FROM clients WHERE state = 'offered')");
    on.run("UPDATE clients SET state = 'revoked' WHERE state = 'offered'");
}

std::vector<client> read_clients(connection& on, logger& log) {
    std::vector<client> read;
    statement rows = on.query(
        "SELECT oauth_id, secret, room_id, descriptor_url, descriptor, state, since, installed_at "
        "FROM clients ORDER BY installed_at, oauth_id");
    while (rows.step()) {
        client each;
        each.oauth_id = rows.text(0);
        each.secret = secret(rows.text(1));
        each.room_id = rows.optional_integer(2);
        each.descriptor_url = rows.text(3);
        each.state = state_named(rows.text(5));
        each.since = rows.integer(6);
        each.installed_at = from_column(rows.integer(7));
        try {
            each.descriptor = protocol::read_descriptor(rows.text(4));
            each.hooks = read_hooks(on, each);
            each.modules = read_added_modules(on, each.oauth_id);
        } catch (const error& flaw) {
            log.error("an installation cannot be used; uninstall it and install it again",
                      {{"oauth_id", each.oauth_id}, {"why", flaw.what()}});
            continue;
        }
        read.push_back(std::move(each));
    }
    return read;
}

std::vector<hook> hooks_of(const descriptor& value) {
    std::vector<hook> hooks;
    for (const webhook& declared : value.webhooks) {
        const auto event = protocol::event_named(declared.event);
        if (!event) throw protocol_error("capabilities.webhook", "unknown event " + declared.event);
        hook each;
        each.event = *event;
        each.url = declared.url;
        each.is_signed = declared.authentication == authentication::jwt;
        if (!declared.pattern.empty())
            each.pattern = std::make_shared<const protocol::pattern>(declared.pattern);
        hooks.push_back(std::move(each));
    }
    return hooks;
}

}  // namespace hipchat::host
