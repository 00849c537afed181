#include "host_under_test.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <stdexcept>

#include "storage/sqlite/copy.hpp"

namespace hipchat::testing {

void host_under_test::start() {
    process_ = std::make_unique<child_process>(
        HIPCHAT_PROGRAM,
        std::vector<std::string>{"host", "--port", "0", "--data", folder_.file("data")});
    const auto url = process_->line_after("HipChat host: ");
    if (!url) throw std::runtime_error("it did not start: " + process_->complained());
    port_ = static_cast<std::uint16_t>(std::stoi(url->substr(url->rfind(':') + 1)));
}

void host_under_test::kill() {
    process_->signal(SIGKILL);
    EXPECT_EQ(process_->wait(), 128 + SIGKILL) << process_->complained();
}

plain_answer host_under_test::send(const std::string& method, const std::string& target,
                                   const std::string& body) const {
    std::string bytes = method + " " + target + " HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1:"
                        + std::to_string(port_) + "\r\n";
    if (!body.empty()) bytes += "Content-Type: application/json\r\n";
    bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return send_bytes(port_, bytes + body);
}

json::array host_under_test::changes() const {
    json::array all;
    std::int64_t after = 0;
    while (true) {
        const plain_answer answer =
            send("GET", "/api/rooms/1/changes?limit=1000&after=" + std::to_string(after));
        const json::value body = json::parse(answer.body);
        const json::array& fresh = body.at("changes").as_array();
        if (fresh.empty()) return all;
        after = body.at("cursor").to_number<std::int64_t>();
        all.insert(all.end(), fresh.begin(), fresh.end());
    }
}

void host_under_test::expect_sound() const {
    storage::sqlite::connection on(folder_.file("data/host.db"),
                                   storage::sqlite::access::read_only);
    EXPECT_EQ(storage::sqlite::flaw_of(on), "");
}

}  // namespace hipchat::testing
