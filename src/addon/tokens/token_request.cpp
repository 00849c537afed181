#include "addon/tokens/token_request.hpp"

#include "hipchat/errors.hpp"
#include "protocol/api_error.hpp"

namespace hipchat::addons {
namespace {

token_answer judge(const transport::http_answer& answer) {
    if (answer.status == 401)
        return {
            token_answer::verdict::refused, {}, 401, "the host does not know these credentials"};
    if (answer.status != 200)
        return {token_answer::verdict::unclear,
                {},
                answer.status,
                "the token endpoint answered " + std::to_string(answer.status) + ": "
                    + protocol::api_error_message(answer.body)};
    try {
        return {token_answer::verdict::granted, protocol::parse_token_grant(answer.body), 200, {}};
    } catch (const protocol_error& wrong) {
        return {token_answer::verdict::unclear,
                {},
                200,
                std::string("the token endpoint's answer is wrong: ") + wrong.what()};
    }
}

}  // namespace

task<token_answer> request_token(transport::http_client& http, std::string token_url,
                                 std::string oauth_id, secret oauth_secret,
                                 std::vector<scope> scopes) {
    return ask_token_endpoint(http, std::move(token_url), std::move(oauth_id),
                              std::move(oauth_secret),
                              secret(protocol::write_token_request(scopes)));
}

task<token_answer> ask_token_endpoint(transport::http_client& http, std::string token_url,
                                      std::string oauth_id, secret oauth_secret, secret body) {
    transport::http_call call;
    call.method = "POST";
    call.url = std::move(token_url);
    call.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                    {"Accept", "application/json"}};
    call.authorization = protocol::write_basic_authorization(oauth_id, oauth_secret);
    call.body = std::string(body.reveal());
    call.timeout = std::chrono::seconds(5);
    call.max_answer_bytes = 65'536;
    try {
        const transport::http_answer answer = co_await http.send(std::move(call));
        co_return judge(answer);
    } catch (const transport_error& failed) {
        token_answer none;
        none.why = failed.what();
        co_return none;
    }
}

}  // namespace hipchat::addons
