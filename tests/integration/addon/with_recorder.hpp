#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "hipchat/tenants.hpp"
#include "running_addon.hpp"
#include "storage/open.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_loop.hpp"

namespace hipchat::testing {

/// An add-on with two handlers of dynamic webhooks, installed: "record" keeps what it hears of
/// messages, "greet" answers whoever enters. Its store is a file.
class with_recorder : public with_host {
protected:
    with_recorder() {
        bot_.dynamic_webhook<room_message>(
            "record", [this](room_message& said) { note(said.added_as() + ": " + said.text()); });
        bot_.dynamic_webhook<room_enter>(
            "greet", [](room_enter& who) { return notification("hi: " + who.sender().name()); });
        start();
        installed_in(*running_);
    }

    void note(std::string what) {
        const std::lock_guard lock(mutex_);
        heard_.push_back(std::move(what));
        recorded_.add();
    }

    // Puts a delivery into the store as if a program had been killed while it handled it.
    void leave_interrupted(const std::string& route, const std::string& body) const {
        test_loop loop;
        const storage::repositories left = storage::open_store(loop, store_url());
        storage::kept_delivery value;
        value.oauth_id = id_;
        value.since = loop.run(left.tenants->find(id_)).value().since;
        value.route = route;
        value.body = body;
        loop.run(left.deliveries->keep(value, {}, 1000));
    }

    std::string store_url() const { return "sqlite:" + folder_.file("addon.db"); }

    // Begins, or begins again after a drain, with what the file has.
    void start() {
        addons::settings given = running_addon::in_memory();
        given.store = store_url();
        running_.reset();
        running_.emplace(bot_, given);
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
    template <class Error, class Make>
    std::string error_of(Make make) {
        try {
            result_of(std::move(make));
        } catch (const Error& error) {
            return error.what();
        }
        ADD_FAILURE() << "no such error";
        return {};
    }

    room room_of(const std::string& tenant_id, std::int64_t id = 4021) {
        return result_of([&] { return bot_.tenants().find(tenant_id); }).value().room(id);
    }
    std::string added(const std::string& name, const std::string& pattern = "") {
        const room where = room_of(id_);
        return result_of([&] { return where.add_webhook(name, pattern); });
    }
    std::vector<std::string> listed() {
        const room where = room_of(id_);
        std::vector<std::string> ids;
        for (const added_webhook& one : result_of([&] { return where.webhooks(); }))
            ids.push_back(one.id);
        return ids;
    }

    static std::string at(const std::string& tenant_id, const std::string& id) {
        return "/webhook/" + tenant_id + "/" + id;
    }
    // The path that the host was told, of its only webhook.
    std::string path_at_host() const {
        const auto all = host_.webhooks();
        EXPECT_EQ(all.size(), 1U);
        if (all.empty()) return {};
        const std::string url(all.front().at("url").as_string());
        return url.substr(url.find("/webhook/"));
    }
    int delivered(const std::string& path, const std::string& text = "hello") {
        return running_->deliver(path, room_message_body(id_, text), token()).status;
    }
    std::vector<std::string> heard() const {
        const std::lock_guard lock(mutex_);
        return heard_;
    }

    temporary_folder folder_;
    addon bot_{{.key = "recorder", .name = "Recorder", .scopes = {scope::admin_room}}};
    mutable std::mutex mutex_;
    std::vector<std::string> heard_;
    counter recorded_;
    std::optional<running_addon> running_;
};

}  // namespace hipchat::testing
