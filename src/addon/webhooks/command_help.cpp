#include "addon/webhooks/command_help.hpp"

#include <algorithm>
#include <string_view>

#include "protocol/command_text.hpp"

namespace hipchat::addons {
namespace {

std::string spaced(const std::string& text) {
    return text.empty() ? std::string() : " " + text;
}

task<std::optional<notification>> answer_help(std::string text) {
    co_return notification(std::move(text));
}

const detail::sub_command* sub_named(const detail::command& of, std::string_view word) {
    for (const detail::sub_command& one : of.subs)
        if (one.about.name == word
            || std::ranges::find(one.about.aliases, word) != one.about.aliases.end())
            return &one;
    return nullptr;
}

}  // namespace

std::string help_text(const detail::command& of) {
    const std::string& name = of.about.name;
    std::string text = name;
    if (!of.about.description.empty()) text += ": " + of.about.description;
    if (!of.about.usage.empty()) text += "\n" + name + spaced(of.about.usage);
    for (const detail::sub_command& one : of.subs) {
        text += "\n" + name + " " + one.about.name + spaced(one.about.usage);
        if (!one.about.description.empty()) text += " - " + one.about.description;
    }
    if (of.about.aliases.empty()) return text;
    text += "\nShort:";
    for (const std::string& alias : of.about.aliases)
        text += " " + alias;
    return text;
}

detail::event_handler help_handler(const detail::command& of) {
    return {true, [text = help_text(of)](std::shared_ptr<const detail::event_core>) {
                return answer_help(text);
            }};
}

const detail::event_handler& choose_handler(const detail::hook& of, detail::event_core& event) {
    const protocol::command_text typed = protocol::read_command(event.payload.message_text());
    event.invoked.name = typed.name;
    event.invoked.rest = typed.rest;
    if (of.as->subs.empty()) return of.handler;
    if (typed.rest.empty()) return of.handler.call ? of.handler : of.as->help;
    const protocol::command_text inner = protocol::read_command(typed.rest);
    const detail::sub_command* const sub = sub_named(*of.as, inner.name);
    if (sub == nullptr) return of.as->help;
    event.invoked.sub = sub->about.name;
    event.invoked.rest = inner.rest;
    return sub->handler;
}

}  // namespace hipchat::addons
