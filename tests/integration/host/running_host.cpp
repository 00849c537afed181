#include "running_host.hpp"

#include <gtest/gtest.h>

#include <future>

namespace hipchat::host::testing {

running_host::running_host(const std::string& data_folder,
                           const std::function<void(host_options&)>& adjust, const clock& time) {
    host_options options;
    options.data_folder = data_folder;
    options.port = 0;
    options.absence = std::chrono::milliseconds(20);
    options.deliveries.first_retry = std::chrono::milliseconds(10);
    if (adjust) adjust(options);
    host_ =
        thread_.call([&] { return std::make_unique<host>(thread_.loop(), log, time, options); });
    port_ = host_->port();
    base_ = host_->base_url();
}

running_host::~running_host() {
    std::promise<std::size_t> stopped;
    thread_.call([&] {
        host_->stop(std::chrono::seconds(20), [&](std::size_t left) { stopped.set_value(left); });
    });
    EXPECT_EQ(stopped.get_future().get(), 0U);
    thread_.call([&] { host_.reset(); });
}

plain_answer running_host::send(const std::string& method, const std::string& target,
                                const std::string& body, const headers& more) const {
    headers all{{"Host", "127.0.0.1:" + std::to_string(port_)}, {"Connection", "close"}};
    if (!body.empty()) all["Content-Type"] = "application/json";
    if (!body.empty() || method == "POST") all["Content-Length"] = std::to_string(body.size());
    for (const auto& [name, value] : more)
        all[name] = value;
    std::string bytes = method + " " + target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : all)
        bytes += name + ": " + value + "\r\n";
    return hipchat::testing::send_bytes(port_, bytes + "\r\n" + body);
}

plain_answer running_host::act(const std::string& event, const std::string& name,
                               const std::string& text) const {
    json::object body;
    body["event"] = event;
    body["as"] = name;
    if (!text.empty()) body["text"] = text;
    return send("POST", "/api/rooms/1/events", json::serialize(body));
}

plain_answer running_host::install(const std::string& descriptor_url,
                                   const std::string& scopes) const {
    return send("POST", "/api/rooms/1/integrations",
                R"({"url":")" + descriptor_url + R"(","scopes":)" + scopes + "}");
}

json::array running_host::changes_until(const std::string& kind, std::int64_t after) const {
    json::array all;
    while (true) {
        const plain_answer answer =
            get("/api/rooms/1/changes?wait=20&after=" + std::to_string(after));
        const json::value body = body_of(answer);
        const json::array& fresh = body.at("changes").as_array();
        if (fresh.empty()) {
            ADD_FAILURE() << "no change of kind " << kind << " in " << json::serialize(all);
            return all;
        }
        after = body.at("cursor").to_number<std::int64_t>();
        for (const json::value& each : fresh)
            all.push_back(each);
        for (const json::value& each : fresh)
            if (each.at("kind").as_string() == kind) return all;
    }
}

json::value body_of(const plain_answer& answer) {
    boost::system::error_code flaw;
    json::value body = json::parse(answer.body, flaw);
    EXPECT_FALSE(flaw) << answer.status << " " << answer.body;
    return body;
}

std::string message_of(const plain_answer& answer) {
    const json::value body = body_of(answer);
    return std::string(body.at("error").at("message").as_string());
}

}  // namespace hipchat::host::testing
