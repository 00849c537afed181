#include "addon/dynamic_webhooks/dynamic_webhooks.hpp"

#include <algorithm>
#include <exception>

#include "addon/rest/handle.hpp"
#include "addon/webhooks/served_hooks.hpp"
#include "base/describe.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/rest/modules.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

using protocol::event_kind;
using status = registration::status;

// Whether a call that failed so has certainly changed nothing at the host.
bool changed_nothing(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const config_error&) {
        return true;
    } catch (const api_error& refused) {
        return refused.status() < 500;
    } catch (const transport_error& failed) {
        using reason = transport_error::reason;
        return failed.why() == reason::connect || failed.why() == reason::refused_destination
               || failed.why() == reason::tls;
    } catch (...) {
        return false;
    }
}

rest::modules modules_of(rest_client& calls, std::shared_ptr<const storage::tenant> of,
                         const std::string& id) {
    return {detail::client_of(calls, std::move(of)), room_of_id(id).value()};
}

}  // namespace

std::string dynamic_webhook_at(const storage::tenant& of, std::string_view id) {
    return "/webhook/" + protocol::percent_encode(of.oauth_id) + "/" + std::string(id);
}

dynamic_webhooks::dynamic_webhooks(parts given, const std::vector<scope>& declared_scopes)
    : parts_(given), kept_(given.data) {
    if (!parts_.declared.dynamic_hooks.empty()
        && std::ranges::find(declared_scopes, scope::admin_room) == declared_scopes.end())
        throw config_error("dynamic_webhook '" + parts_.declared.dynamic_hooks.front().name
                           + "': adding webhooks to rooms needs the scope admin_room; add it to "
                             "the descriptor's scopes");
}

const detail::hook* dynamic_webhooks::handler_of(std::string_view name) const {
    const auto& all = parts_.declared.dynamic_hooks;
    const auto found = std::ranges::find(all, name, &detail::dynamic_hook::name);
    return found == all.end() ? nullptr : &found->served;
}

registration dynamic_webhooks::begun(const detail::hook& handler, std::int64_t room,
                                     std::string name, std::string pattern) const {
    if (!pattern.empty() && handler.event != event_kind::room_message
        && handler.event != event_kind::room_notification)
        throw config_error("add_webhook: " + std::string(protocol::to_string(handler.event))
                           + " has no text for a pattern; leave it out");
    compiled_pattern(pattern);
    registration made;
    made.id = new_registration_id(room);
    made.name = std::move(name);
    made.pattern = std::move(pattern);
    made.at = parts_.time.unix_time();
    return made;
}

task<std::string> dynamic_webhooks::add(tenant_ptr of, std::int64_t room, std::string name,
                                        std::string pattern) {
    const detail::hook* const handler = handler_of(name);
    if (handler == nullptr)
        throw config_error("add_webhook: no handler is declared as '" + name
                           + "'; declare it with dynamic_webhook");
    registration made = begun(*handler, room, std::move(name), std::move(pattern));
    task<> remembering = kept_.put(of, made);
    co_await remembering;
    std::exception_ptr failure;
    try {
        task<> asking = ask_host(of, made);
        co_await asking;
        made.state = status::added;
        task<> confirming = kept_.put(of, made);
        co_await confirming;
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        task<> giving_up = give_up(of, made, failure);
        co_await giving_up;
        std::rethrow_exception(failure);
    }
    co_return made.id;
}

task<> dynamic_webhooks::ask_host(tenant_ptr of, registration what) {
    webhook module;
    module.key = what.id;
    module.name = what.name;
    module.event = protocol::to_string(handler_of(what.name)->event);
    module.pattern = what.pattern;
    module.url = parts_.rest.base_url() + dynamic_webhook_at(*of, what.id);
    const rest::modules there = modules_of(parts_.rest, of, what.id);
    task<> putting = there.put(std::move(module));
    co_await putting;
}

// Never throws: the failure that led here is what the author is to see.
task<> dynamic_webhooks::give_up(tenant_ptr of, registration what, std::exception_ptr failure) {
    std::exception_ptr second;
    try {
        what.state = status::removing;
        task<> leaving = changed_nothing(failure) ? kept_.erase(of, what.id) : kept_.put(of, what);
        co_await leaving;
    } catch (...) {
        second = std::current_exception();
    }
    if (second)
        parts_.log.warning("a webhook that was not added could not be forgotten",
                           {{"webhook", what.id}, {"error", describe(second)}});
}

task<std::optional<registration>> dynamic_webhooks::find(tenant_ptr of, std::int64_t room,
                                                         std::string id) {
    if (room_of_id(id) != room) co_return std::nullopt;
    task<std::optional<registration>> finding = kept_.find(std::move(of), std::move(id));
    std::optional<registration> found = co_await finding;
    if (!found || found->state != status::added) co_return std::nullopt;
    co_return found;
}

task<std::vector<registration>> dynamic_webhooks::list(tenant_ptr of, std::int64_t room) {
    task<std::vector<registration>> listing = kept_.list(of, room);
    const std::vector<registration> all = co_await listing;
    std::vector<registration> found;
    for (const registration& one : all) {
        if (one.state == status::added) {
            found.push_back(one);
        } else if (!serves(one, parts_.time.unix_time())) {
            task<> clearing = clear(of, one.id);
            co_await clearing;
        }
    }
    co_return found;
}

task<bool> dynamic_webhooks::remove(tenant_ptr of, std::int64_t room, std::string id) {
    if (room_of_id(id) != room) co_return false;
    task<std::optional<registration>> finding = kept_.find(of, id);
    std::optional<registration> found = co_await finding;
    if (!found) co_return false;
    found->state = status::removing;
    task<> refusing = kept_.put(of, std::move(*found));
    co_await refusing;
    task<> erasing = erase_everywhere(std::move(of), std::move(id));
    co_await erasing;
    co_return true;
}

task<std::optional<registration>> dynamic_webhooks::serving(tenant_ptr of, std::string id) {
    task<std::optional<registration>> finding = kept_.find(std::move(of), std::move(id));
    std::optional<registration> found = co_await finding;
    if (!found || !serves(*found, parts_.time.unix_time())) co_return std::nullopt;
    co_return found;
}

task<> dynamic_webhooks::clear(tenant_ptr of, std::string id) {
    if (!room_of_id(id)) co_return;
    const std::string turn = of->oauth_id + '\n' + id;
    if (!clearing_.insert(turn).second) co_return;
    std::exception_ptr failure;
    try {
        task<> erasing = erase_everywhere(of, id);
        co_await erasing;
    } catch (...) {
        failure = std::current_exception();
    }
    clearing_.erase(turn);
    if (failure)
        parts_.log.warning(
            "a webhook that nobody wants could not be removed from its room",
            {{"oauth_id", of->oauth_id}, {"webhook", id}, {"error", describe(failure)}});
    else
        parts_.log.info("a webhook that nobody wants was removed from its room",
                        {{"oauth_id", of->oauth_id}, {"webhook", id}});
}

task<> dynamic_webhooks::erase_everywhere(tenant_ptr of, std::string id) {
    task<> removing = remove_at_host(of, id);
    co_await removing;
    task<> erasing = kept_.erase(std::move(of), std::move(id));
    co_await erasing;
}

task<> dynamic_webhooks::remove_at_host(tenant_ptr of, std::string id) {
    try {
        const rest::modules there = modules_of(parts_.rest, std::move(of), id);
        task<> removing = there.remove_webhook(std::move(id));
        co_await removing;
    } catch (const api_error& refused) {
        if (refused.status() != 404) throw;  // it, or its room, is gone already
    }
}

}  // namespace hipchat::addons
