#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tools/commands.hpp"

namespace hipchat::tools {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct trigger_options {
    host_and_room where;
    std::string event;
    std::string person;
    std::string text;
    std::optional<std::string> expect;
    unsigned within = 10;  ///< seconds
};

std::string in_words(const trigger_options& options) {
    if (options.event == "room_enter") return options.person + " enters " + options.where.room;
    if (options.event == "room_exit") return options.person + " leaves " + options.where.room;
    return options.person + ": " + options.text;
}

// Sends the event; the number of the change it made, empty if it changed nothing.
task<std::optional<std::int64_t>> send_event(host_connection& host, trigger_options options) {
    json::object event{{"event", options.event}, {"as", options.person}};
    if (!options.text.empty()) event.emplace("text", options.text);
    const json::value body = std::move(event);
    std::string path = room_path(options.where.room, "/events");
    const json::value answer = co_await host.post(std::move(path), body);
    const json::value& change = member(answer, "change");
    if (change.is_null()) co_return std::nullopt;
    co_return number_member(change, "seq");
}

// Waits for a notification with exactly the text `expected` after the change `after`.
task<outcome> expect_notification(host_connection& host, trigger_options options,
                                  std::string expected, std::int64_t after) {
    const auto begin = steady_clock::now();
    const auto deadline = begin + std::chrono::seconds(options.within);
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(deadline - steady_clock::now());
        const auto wait = std::clamp<std::int64_t>(left.count(), 0, 30);
        std::string path = room_path(options.where.room, "/changes?after=" + std::to_string(after)
                                                             + "&wait=" + std::to_string(wait));
        const json::value answer = co_await host.get(std::move(path));
        for (const json::value& change : array_member(answer, "changes")) {
            if (text_member(change, "kind") != "notification") continue;
            std::cout << text_member(change, "from") << ": " << text_member(change, "text") << '\n';
            if (text_member(change, "text") != expected) continue;
            const auto took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin);
            std::cout << "As expected, after " << took.count() << " ms.\n";
            co_return outcome::done;
        }
        after = number_member(answer, "cursor");
        if (steady_clock::now() >= deadline) break;
    }
    std::cerr << "\"" << expected << "\" did not come within " << options.within
              << " s. See what was sent with: hipchat-connect log --room " << options.where.room
              << '\n';
    co_return outcome::refused;
}

task<outcome> trigger(host_connection& host, trigger_options options) {
    const std::optional<std::int64_t> change = co_await send_event(host, options);
    if (!change) {
        std::cerr << options.person
                  << (options.event == "room_exit" ? " is not in " : " is already in ")
                  << options.where.room << ", so nothing happened.\n";
        co_return options.expect ? outcome::refused : outcome::done;
    }
    std::cout << in_words(options) << '\n' << std::flush;
    const std::optional<std::string> expected = options.expect;
    if (!expected) co_return outcome::done;
    co_return co_await expect_notification(host, options, *expected, *change);
}

}  // namespace

void add_trigger_command(CLI::App& app, outcome& result) {
    auto options = std::make_shared<trigger_options>();
    CLI::App* command = app.add_subcommand("trigger", "Do something in a room as a person");
    command->add_option("EVENT", options->event, "room_enter, room_exit or room_message")
        ->required()
        ->check(CLI::IsMember({"room_enter", "room_exit", "room_message"}));
    command->add_option("TEXT", options->text, "What the person types, for room_message");
    add_host_and_room(*command, options->where);
    command->add_option("--as", options->person, "Name of the person")->required();
    CLI::Option* expect = command->add_option("--expect", options->expect,
                                              "Wait for a notification with exactly this text");
    command->add_option("--within", options->within, "Seconds to wait for it")
        ->needs(expect)
        ->capture_default_str();
    command->callback([options, &result] {
        const bool message = options->event == "room_message";
        if (message == options->text.empty())
            throw CLI::ValidationError(
                "TEXT", message ? "room_message needs one" : "only room_message has one");
        const auto run = [options](host_connection& host) { return trigger(host, *options); };
        result = run_with_host(options->where.host, run);
    });
}

}  // namespace hipchat::tools
