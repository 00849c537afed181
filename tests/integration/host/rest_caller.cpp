#include "rest_caller.hpp"

#include "protocol/oauth.hpp"

namespace hipchat::host::testing {
namespace {

constexpr const char* all_scopes =
    R"(["admin_group","admin_room","manage_rooms","send_message","send_notification",)"
    R"("view_group","view_messages","view_room"])";

}  // namespace

rest_caller::rest_caller(const std::function<void(host_options&)>& adjust)
    : host_(folder_.file("data"), adjust) {
    addon_.describe([](json::object& descriptor) {
        json::object& consumer =
            descriptor.at("capabilities").as_object().at("hipchatApiConsumer").as_object();
        consumer["scopes"] = json::parse(all_scopes);
    });
    EXPECT_EQ(host_.install(addon_.url(), all_scopes).status, 201);
    const json::object offer = addon_.wait_for("/installable").at(0).json();
    const std::string basic = basic_of(offer);
    const plain_answer granted = host_.send(
        "POST", "/v2/oauth/token", "grant_type=client_credentials",
        {{"Authorization", basic}, {"Content-Type", "application/x-www-form-urlencoded"}});
    addon_token_ = protocol::parse_token_grant(granted.body).access_token.reveal();
}

std::string rest_caller::token_of(const std::string& name, const std::string& scopes) const {
    host_.act("room_enter", name);
    const plain_answer made =
        host_.send("POST", "/api/people/" + name + "/tokens",
                   R"({"label":"test","scopes":)" + (scopes.empty() ? all_scopes : scopes) + "}");
    EXPECT_EQ(made.status, 201) << made.body;
    return std::string(body_of(made).at("token").as_string());
}

std::string rest_caller::room_token(const std::string& label) const {
    const plain_answer made =
        host_.send("POST", "/api/rooms/1/tokens", R"({"label":")" + label + R"("})");
    EXPECT_EQ(made.status, 201) << made.body;
    return std::string(body_of(made).at("token").as_string());
}

plain_answer rest_caller::ask(const std::string& token, const std::string& method,
                              const std::string& target, const std::string& body) const {
    return host_.send(method, target, body, {{"Authorization", "Bearer " + token}});
}

std::string rest_caller::basic_of(const json::object& offer) {
    const std::string id(offer.at("oauthId").as_string());
    const secret password(std::string(offer.at("oauthSecret").as_string()));
    return std::string(protocol::write_basic_authorization(id, password).reveal());
}

json::object rest_caller::read(const std::string& token, const std::string& target) const {
    const plain_answer answer = get(token, target);
    EXPECT_EQ(answer.status, 200) << target << " " << answer.body;
    return body_of(answer).as_object();
}

std::vector<std::string> rest_caller::column(const json::object& list, const char* member) {
    std::vector<std::string> found;
    for (const json::value& each : list.at("items").as_array())
        found.emplace_back(each.at(member).as_string());
    return found;
}

std::string rest_caller::field_of(const plain_answer& answer) {
    EXPECT_EQ(answer.status, 400) << answer.body;
    const json::value body = body_of(answer);
    const json::object& error = body.at("error").as_object();
    return error.contains("field") ? std::string(error.at("field").as_string()) : std::string();
}

}  // namespace hipchat::host::testing
