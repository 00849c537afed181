#include "host/api/router.hpp"

#include <set>
#include <utility>

#include "base/worker_pool.hpp"
#include "host/inspector/redact.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

// With auth_test=true a caller only wants to know whether it may (host-side.md 3.1).
http_response accepted() {
    json::object success{
        {"code", 202}, {"type", "Accepted"}, {"message", "This auth_token has access"}};
    json::object body;
    body["success"] = std::move(success);
    return json_response(202, body);
}

std::string joined(const std::set<std::string>& methods) {
    std::string text;
    for (const std::string& each : methods)
        text += text.empty() ? each : ", " + each;
    return text;
}

}  // namespace

std::string to_string(caller who) {
    switch (who) {
        case caller::anonymous:
            return "anonymous";
        case caller::client:
            return "client";
        case caller::bearer:
            return "bearer";
        case caller::addon:
            return "addon";
        case caller::user:
            return "user";
        case caller::visitor:
            return "visitor";
        case caller::person_here:
            return "person_here";
        case caller::page:
            break;
    }
    return "page";
}

void router::for_anybody(std::string method, std::string path, anonymous_handler handler) {
    routes_.push_back({std::move(method), path_pattern(std::move(path)), {}, std::move(handler)});
}

void router::for_client(std::string method, std::string path, client_handler handler) {
    routes_.push_back({std::move(method), path_pattern(std::move(path)), {}, std::move(handler)});
}

void router::for_bearer(std::string method, std::string path, std::vector<scope> scopes,
                        bearer_handler handler) {
    routes_.push_back(
        {std::move(method), path_pattern(std::move(path)), std::move(scopes), std::move(handler)});
}

void router::for_addon(std::string method, std::string path, std::vector<scope> scopes,
                       addon_handler handler) {
    routes_.push_back(
        {std::move(method), path_pattern(std::move(path)), std::move(scopes), std::move(handler)});
}

void router::for_user(std::string method, std::string path, std::vector<scope> scopes,
                      user_handler handler) {
    routes_.push_back(
        {std::move(method), path_pattern(std::move(path)), std::move(scopes), std::move(handler)});
}

void router::for_visitor(std::string method, std::string path, visitor_handler handler) {
    routes_.push_back({std::move(method), path_pattern(std::move(path)), {}, std::move(handler)});
}

void router::for_person_here(std::string method, std::string path, role least,
                             person_handler handler) {
    routes_.push_back(
        {std::move(method), path_pattern(std::move(path)), {}, std::move(handler), least});
}

void router::for_page(std::string path, role least, person_handler handler) {
    routes_.push_back(
        {"GET", path_pattern(std::move(path)), {}, page_handler{std::move(handler)}, least});
}

task<http_response> router::answer(const transport::http_request& raw, trace& way) {
    try {
        task<http_response> dispatching = dispatch(raw, way);
        co_return co_await dispatching;
    } catch (const refusal& no) {
        co_return no.response();
    } catch (const overloaded&) {
        co_return refusal(503, "Too much is waiting; try again later")
            .with("Retry-After", "1")
            .response();
    } catch (const std::exception& failure) {
        hipchat::log(log_, way.id)
            .error(
                "a request failed",
                {{"method", raw.method}, {"path", redact_url(raw.path)}, {"why", failure.what()}});
        co_return refusal(500, "The host failed; its log says why").response();
    }
}

task<http_response> router::dispatch(const transport::http_request& raw, trace& way) {
    const std::vector<std::string_view> segments = split_path(raw.path);
    std::set<std::string> allowed;
    for (const route& each : routes_) {
        std::optional<captures> found = each.path.match(segments);
        if (!found) continue;
        if (each.method != raw.method) {
            allowed.insert(each.method);
            continue;
        }
        way.chosen = &each;
        const request asked(raw, *std::move(found));
        task<http_response> calling = call(each, asked);
        co_return co_await calling;
    }
    if (allowed.empty()) throw refusal(404, "There is nothing at this address");
    throw refusal(405, "This address takes " + joined(allowed)).with("Allow", joined(allowed));
}

task<http_response> router::call(const route& chosen, const request& asked) {
    switch (chosen.who()) {
        case caller::anonymous: {
            task<http_response> handling = std::get<anonymous_handler>(chosen.handler)(asked);
            http_response given = co_await handling;
            // The limit is said on every answer of the REST API to who shows a token.
            if (asked.raw().path.starts_with("/v2/"))
                if (const auto who = gate_.find_token(asked))
                    meter::say_calls(given, meter_.count_call(*who));
            co_return given;
        }
        case caller::client: {
            const known_client who = gate_.check_client(asked);
            task<http_response> handling = std::get<client_handler>(chosen.handler)(asked, who);
            co_return co_await handling;
        }
        case caller::bearer:
        case caller::addon:
        case caller::user: {
            task<http_response> calling = call_with_token(chosen, asked);
            co_return co_await calling;
        }
        case caller::visitor: {
            const visitor who = gate_.check_visitor(asked);
            task<http_response> handling = std::get<visitor_handler>(chosen.handler)(asked, who);
            co_return co_await handling;
        }
        case caller::page: {
            task<http_response> showing = show_page(chosen, asked);
            co_return co_await showing;
        }
        case caller::person_here: {
            const person_here who = gate_.check_person(asked, chosen.least);
            task<http_response> handling = std::get<person_handler>(chosen.handler)(asked, who);
            co_return co_await handling;
        }
    }
    throw refusal(404, "There is nothing at this address");
}

task<http_response> router::show_page(const route& chosen, const request& asked) {
    std::optional<person_here> who;
    try {
        who = gate_.check_page(asked, chosen.least);
    } catch (const refusal& no) {
        if (no.status() != 401) throw;
    }
    if (!who) {
        http_response elsewhere;
        elsewhere.status = 302;
        elsewhere.headers.emplace_back(
            "Location", "/sign-in?next=" + protocol::percent_encode(asked.raw().target));
        co_return elsewhere;
    }
    task<http_response> handling = std::get<page_handler>(chosen.handler).show(asked, *who);
    co_return co_await handling;
}

task<http_response> router::call_with_token(const route& chosen, const request& asked) {
    const access who = gate_.check_token(asked);
    const allowance left = meter_.count_call(who, asked.is_v1() ? 403 : 429);
    http_response given;
    try {
        task<http_response> handling = handle_with_token(chosen, asked, who);
        given = co_await handling;
    } catch (const refusal& no) {
        given = no.response();
    }
    meter::say_calls(given, left);
    co_return given;
}

task<http_response> router::handle_with_token(const route& chosen, const request& asked,
                                              const access& who) {
    gate::check_scopes(who, chosen.scopes);
    const bool is_test = asked.parameter("auth_test") == "true";
    if (chosen.who() == caller::addon) {
        const addon_access addon = gate_.check_addon(asked, chosen.scopes);
        if (is_test) co_return accepted();
        task<http_response> handling = std::get<addon_handler>(chosen.handler)(asked, addon);
        co_return co_await handling;
    }
    if (chosen.who() == caller::user) {
        const user_access user = gate_.check_user(asked, chosen.scopes);
        if (is_test) co_return accepted();
        task<http_response> handling = std::get<user_handler>(chosen.handler)(asked, user);
        co_return co_await handling;
    }
    if (is_test) co_return accepted();
    task<http_response> handling = std::get<bearer_handler>(chosen.handler)(asked, who);
    co_return co_await handling;
}

}  // namespace hipchat::host
