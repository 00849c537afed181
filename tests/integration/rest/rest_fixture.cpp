#include "rest_fixture.hpp"

#include <fstream>
#include <sstream>

#include "protocol/scopes.hpp"
#include "protocol/url.hpp"

namespace hipchat::testing {

using transport::http_response;

void rest_calls::SetUp() {
    host_.add_client(id_, key_);
    storage::tenant stored;
    stored.oauth_id = id_;
    stored.secret = key_;
    stored.api_url = host_.base() + "/v2/";
    stored.token_url = host_.base() + "/v2/oauth/token";
    stored.generation = 1;
    tenant_ = std::make_shared<const storage::tenant>(std::move(stored));
    std::vector<scope> all;
    for (const protocol::scope_info& one : protocol::known_scopes())
        all.push_back(one.value);
    with_scopes(std::move(all));
}

void rest_calls::TearDown() {
    thread_.call([this] { parts_.reset(); });
}

void rest_calls::with_rules(addons::call_rules rules) {
    thread_.call([&] {
        parts_.reset();
        parts_ = std::make_unique<parts>(thread_.loop(), hasty_, clock_, log_, std::move(rules));
    });
}

void rest_calls::installed_in_room() {
    storage::tenant changed = *tenant_;
    changed.room_id = 4021;
    tenant_ = std::make_shared<const storage::tenant>(std::move(changed));
}

void rest_calls::installed_at(const std::string& base) {
    storage::tenant changed = *tenant_;
    changed.api_url = base + "/v2/";
    tenant_ = std::make_shared<const storage::tenant>(std::move(changed));
}

rest::client rest_calls::client() const {
    return rest::client(
        std::make_shared<const detail::rest_core>(detail::rest_core{parts_->rest, tenant_}));
}

void rest_calls::host_has(const std::string& path, const std::string& sample, int status) {
    const std::ifstream file(HIPCHAT_FIXTURES "/protocol/" + sample);
    ASSERT_TRUE(file) << "no sample " << sample;
    std::ostringstream text;
    text << file.rdbuf();
    host_says(path, text.str(), status);
}

void rest_calls::host_says(const std::string& path, std::string text, int status) {
    host_.answer("/v2/" + path, http_response::of(status, "application/json", std::move(text)));
}

void rest_calls::host_says(const std::string& path, int status) {
    host_.answer("/v2/" + path, {.status = status});
}

void rest_calls::host_redirects(const std::string& path, const std::string& place) {
    host_.answer("/v2/" + path, {.status = 302, .headers = {{"Location", place}}});
}

seen_request rest_calls::request_at(const std::string& path) const {
    const auto found = host_.requests("/v2/" + path);
    EXPECT_EQ(found.size(), 1U) << path;
    return found.empty() ? seen_request() : found.front();
}

json::value rest_calls::called(const std::string& method, const std::string& path,
                               const std::string& wanted_scope) const {
    const seen_request seen = request_at(path);
    EXPECT_EQ(seen.method, method);
    EXPECT_EQ(seen.authorization, "Bearer token-1");
    if (!wanted_scope.empty()) {
        EXPECT_EQ(token_scope(), wanted_scope);
    }
    if (seen.body.empty()) return nullptr;
    EXPECT_EQ(seen.content_type, "application/json");
    return json::parse(seen.body);
}

std::string rest_calls::token_scope() const {
    const auto asked = host_.requests(scripted_host::token_path);
    EXPECT_EQ(asked.size(), 1U);
    if (asked.empty()) return {};
    return protocol::form_value(asked.front().body, "scope").value_or("");
}

}  // namespace hipchat::testing
