#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "hipchat/errors.hpp"
#include "hipchat/rest/messages.hpp"
#include "hipchat/user_tokens.hpp"
#include "protocol/url.hpp"
#include "support/contains.hpp"
#include "support/manual_clock.hpp"
#include "support/temporary_folder.hpp"
#include "with_pages.hpp"

namespace hipchat::testing {

/// An add-on that asks users for two scopes, installed, and a host whose answers about users'
/// tokens the test writes. Its panel is the URL at which a user decides. Its store is a file.
class with_users : public with_pages {
protected:
    with_users() {
        program_.user_tokens({scope::send_message, scope::view_messages})
            .on_user_authorized([this](user_authorized& who) {
                authorized_ids_.push_back(who.tenant().oauth_id() + " " + who.user_id());
                authorized_.add();
            })
            .web_panel({.key = "ask", .name = "Ask"},
                       [](page_request& page) { return html(page.authorization_url()); });
        start();
        installed_in(*running_);
    }

    // Begins, or begins again, with what the file has.
    void start() {
        addons::settings given = running_addon::in_memory();
        given.store = "sqlite:" + folder_.file("addon.db");
        running_.reset();
        running_.emplace(program_, given, clock_);
    }

    std::string page_signature(const std::string& id, const secret& key,
                               const std::string& user) const {
        protocol::jwt_claims claims = claims_of(id, clock_);
        claims.user_id = user;
        return protocol::sign(claims, key);
    }
    /// The URL that a user of an installation is shown.
    std::string url_for(const std::string& user, const std::string& id, const secret& key) const {
        return running_->get("/webpanel/ask?signed_request=" + page_signature(id, key, user)).body;
    }
    std::string url_for(const std::string& user) const { return url_for(user, id_, key_); }
    static std::string query_of(const std::string& url, std::string_view field) {
        return protocol::form_value(std::string_view(url).substr(url.find('?') + 1), field)
            .value_or("");
    }
    std::string state_for(const std::string& user) const {
        return query_of(url_for(user), "state");
    }

    /// The host's next answer to a token request, and whose that token is.
    void host_grants(const std::string& token, const std::string& owner,
                     const std::string& refresh = "again-1", const std::string& scopes = "",
                     int life = 3600) {
        json::object grant{{"access_token", token}, {"expires_in", life}};
        if (!refresh.empty()) grant["refresh_token"] = refresh;
        if (!scopes.empty()) grant["scope"] = scopes;
        host_.answer_next(scripted_host::token_path, json_text(200, grant));
        host_.answer("/v2/oauth/token/" + token,
                     transport::http_response::of(
                         200, "application/json",
                         R"({"expires_in":3600,"scopes":[],"owner_type":"user","owner":{"id":)"
                             + owner + R"(,"name":"Ada","mention_name":"Ada","links":{}}})"));
    }
    static transport::http_response json_text(int status, const json::object& body) {
        return transport::http_response::of(status, "application/json", json::serialize(body));
    }
    plain_answer back(const std::string& state, const std::string& code = "c0de") const {
        return running_->get("/addon/authorized?state=" + state + "&code=" + code);
    }
    void authorize(const std::string& user, const std::string& token,
                   const std::string& refresh = "again-1", int life = 3600) {
        host_grants(token, user, refresh, "send_message view_messages", life);
        EXPECT_EQ(back(state_for(user)).status, 200);
    }

    template <class Make>
    auto result_of(Make make) {
        using value_type = typename std::invoke_result_t<Make&>::value_type;
        std::optional<value_type> value;
        const auto work = [&]() -> task<> {
            auto running = make();
            value.emplace(co_await running);
        };
        running_->thread().run(work);
        return std::move(value).value();
    }

    user_tokens users(const std::string& id) {
        return result_of([&] { return program_.tenants().find(id); }).value().users();
    }
    /// Says something in the room as that user.
    void say_as(const std::string& user, const std::string& id) {
        host_.answer(messages_path, json_text(201, {{"id", "m1"}, {"timestamp", "now"}}));
        const user_tokens all = users(id);
        result_of([&] { return rest::room_messages(all.client(user)).send(4021, "hello"); });
    }
    void say_as(const std::string& user) { say_as(user, id_); }
    template <class Error>
    std::string error_saying_as(const std::string& user) {
        try {
            say_as(user);
        } catch (const Error& error) {
            return error.what();
        }
        ADD_FAILURE() << "no such error";
        return {};
    }
    /// With which tokens messages were sent so far.
    std::vector<std::string> sent_with() const {
        std::vector<std::string> found;
        for (const seen_request& one : host_.requests(messages_path))
            found.push_back(one.authorization);
        return found;
    }
    std::optional<std::vector<scope>> granted(const std::string& user, const std::string& id) {
        const user_tokens all = users(id);
        return result_of([&] { return all.scopes(user); });
    }
    std::optional<std::vector<scope>> granted(const std::string& user) {
        return granted(user, id_);
    }
    void pass(std::chrono::seconds time) {
        running_->thread().call([&] { clock_.advance(time); });
    }
    std::size_t token_requests() const { return host_.count(scripted_host::token_path); }

    static constexpr const char* messages_path = "/v2/room/4021/message";
    const temporary_folder folder_;
    manual_clock clock_;
    counter authorized_;
    std::vector<std::string> authorized_ids_;  // the loop thread's, while one runs
    std::optional<running_addon> running_;
};

}  // namespace hipchat::testing
