#pragma once

#include "addon/lifecycle/install_flow.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

#include "hipchat/errors.hpp"

namespace hipchat::addons {

constexpr const char* capabilities_url = "https://chat.example.com/v2/capabilities";

inline json::object document() {
    return protocol::write_host_capabilities("https://chat.example.com");
}

inline transport::http_answer answer_of(const json::object& body, int status = 200) {
    transport::http_answer answer;
    answer.status = status;
    answer.body = json::serialize(body);
    return answer;
}

inline token_answer granted() {
    token_answer answer;
    answer.meaning = token_answer::verdict::granted;
    answer.status = 200;
    answer.grant.emplace();
    answer.grant->access_token = secret("token");
    answer.grant->expires_in = std::chrono::seconds(3599);
    answer.grant->group_id = 1;
    answer.grant->group_name = "Example Group";
    return answer;
}

inline refuse_install refusal(const install_step& step) {
    const auto* refused = std::get_if<refuse_install>(&step);
    return refused ? *refused : refuse_install{0, "was not refused"};
}

/// An install that would succeed, for a test to change; `refusal` of a step that is none has status
/// 0.
class install_flow_of : public ::testing::Test {
protected:
    install_flow_of() {
        request_.oauth_id = "tenant-1";
        request_.oauth_secret = secret("first secret");
        request_.capabilities_url = capabilities_url;
        request_.group_id = 1;
        request_.room_id = 4021;
    }

    install_rules rules() const {
        return {allow_room_, allow_global_, {scope::send_notification}, groups_, hosts_};
    }

    install_step judge(bool proved = false) {
        flow_.emplace(rules());
        return flow_->judge(request_, known_, proved);
    }

    // Up to the capabilities document, which is `body`.
    install_step with_document(const json::object& body) {
        const install_step step = judge();
        EXPECT_TRUE(std::holds_alternative<fetch_capabilities>(step)) << refusal(step).reason;
        return flow_->on_capabilities(answer_of(body));
    }

    void is_known() {
        storage::tenant stored;
        stored.oauth_id = "tenant-1";
        stored.secret = secret("first secret");
        stored.group_id = 1;
        stored.room_id = 4021;
        stored.capabilities_url = capabilities_url;
        stored.generation = 7;
        known_ = std::make_shared<const storage::tenant>(std::move(stored));
    }
    void is_suspended() {
        storage::tenant stored = *known_;
        stored.state = storage::tenant::status::suspended;
        known_ = std::make_shared<const storage::tenant>(std::move(stored));
    }

    bool allow_room_ = true;
    bool allow_global_ = true;
    std::vector<std::int64_t> groups_;
    allowed_hosts hosts_{"", "https://addon.example.com"};
    protocol::installation request_;
    std::shared_ptr<const storage::tenant> known_;
    std::optional<install_flow> flow_;
};

}  // namespace hipchat::addons
