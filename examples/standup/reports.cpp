#include "reports.hpp"

#include <array>
#include <ctime>

namespace standup {
namespace {

std::tm now() {
    const std::time_t seconds = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return parts;
}

std::string settings_key(std::int64_t room) {
    return "settings:" + std::to_string(room);
}

std::string todays_reports(std::int64_t room) {
    return "report:" + std::to_string(room) + ":" + today() + ":";
}

std::string text_in(const json::value& object, std::string_view name) {
    return json::value_to<std::string>(object.at(name));
}

report report_in(const json::value& stored) {
    return {text_in(stored, "name"), text_in(stored, "done"), text_in(stored, "next"),
            text_in(stored, "blocked")};
}

json::value stored_form(const report& written) {
    return json::object{{"name", written.name},
                        {"done", written.done},
                        {"next", written.next},
                        {"blocked", written.blocked}};
}

}  // namespace

std::string today() {
    std::array<char, 11> text{};
    const std::tm parts = now();
    std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
    return text.data();
}

task<settings> settings_of(hipchat::tenant_data data, std::int64_t room) {
    const auto stored = co_await data.get(settings_key(room));
    if (!stored) co_return settings();
    co_return settings{text_in(*stored, "title"), stored->at("hour").as_int64()};
}

task<> keep_settings(hipchat::tenant_data data, std::int64_t room, settings changed) {
    const json::value stored = {{"title", changed.title}, {"hour", changed.hour}};
    co_await data.set(settings_key(room), stored);
}

task<report> report_of(hipchat::tenant_data data, std::int64_t room, std::string user) {
    const auto stored = co_await data.get(todays_reports(room) + user);
    co_return stored ? report_in(*stored) : report();
}

task<> keep_report(hipchat::tenant_data data, std::int64_t room, std::string user, report written) {
    const json::value stored = stored_form(written);
    co_await data.set(todays_reports(room) + user, stored);
}

task<> add_line(hipchat::tenant_data data, std::int64_t room, std::string user, std::string name,
                std::string line) {
    const auto added = [&](const json::value& stored) {
        report changed = stored.is_null() ? report() : report_in(stored);
        changed.name = name;
        changed.done += (changed.done.empty() ? "" : "\n") + line;
        if (changed.done.size() > longest_text)
            throw hipchat::bad_request("done", "the report of today is full");
        return stored_form(changed);
    };
    const std::function<json::value(json::value)> change = added;
    co_await data.update(todays_reports(room) + user, change);
}

task<std::vector<report>> reports_of(hipchat::tenant_data data, std::int64_t room) {
    std::vector<report> found;
    hipchat::data_range stored = data.all(todays_reports(room));
    while (const auto one = co_await stored.next())
        found.push_back(report_in(one->value));
    co_return found;
}

hipchat::notification shown(const report& written, const settings& of, std::int64_t room) {
    auto card = hipchat::card::application(
                    "standup/" + std::to_string(room) + "/" + today() + "/" + written.name,
                    of.title + ": " + written.name)
                    .description(written.done)
                    .format(hipchat::card_format::medium);
    if (!written.next.empty()) card.attribute("next", written.next);
    if (!written.blocked.empty())
        card.attribute("blocked by", written.blocked, hipchat::lozenge_type::error);
    if (now().tm_hour >= of.hour) card.attribute("came", "late", hipchat::lozenge_type::moved);
    return hipchat::notification(written.name + ": " + written.done).card(card);
}

}  // namespace standup
