#include "hipchat/hooks.hpp"

#include <algorithm>

#include "addon/declaration.hpp"
#include "addon/webhooks/command_help.hpp"
#include "hipchat/addon.hpp"
#include "hipchat/errors.hpp"
#include "protocol/command_text.hpp"
#include "protocol/limits.hpp"

namespace hipchat {
namespace detail {
namespace {

protocol::event_kind kind_named(std::string_view event) {
    const auto kind = protocol::event_named(event);
    if (!kind) throw config_error("no webhook event is called '" + std::string(event) + "'");
    return *kind;
}

void check_command_name(const std::string& name) {
    if (!protocol::is_command_name(name))
        throw config_error("command: '" + name
                           + "' cannot be a command; begin it with '/' and use 1 to 40 visible "
                             "ASCII characters after it, without blanks");
}

declared_at declare(declaration& all, hook made) {
    return {&all, &all.hooks.emplace_back(std::move(made))};
}

}  // namespace

declared_at declare_hook(declaration& all, std::string_view event, std::string pattern,
                         event_handler handler) {
    hook made;
    made.event = kind_named(event);
    made.pattern = std::move(pattern);
    made.handler = std::move(handler);
    return declare(all, std::move(made));
}

declared_at declare_command(declaration& all, command_info about, event_handler handler) {
    check_command_name(about.name);
    std::ranges::for_each(about.aliases, check_command_name);
    hook made;
    made.event = protocol::event_kind::room_message;
    made.as = std::make_shared<command>();
    made.as->about = std::move(about);
    made.pattern = protocol::command_pattern(made.as->names());
    made.handler = std::move(handler);
    return declare(all, std::move(made));
}

void declare_sub_command(hook& to, command_info about, event_handler handler) {
    const auto refuse = [&](const std::string& name, const std::string& flaw) {
        throw config_error("command " + to.as->about.name + ": the sub-command '" + name + "' "
                           + flaw);
    };
    std::vector<std::string> names = about.aliases;
    names.push_back(about.name);
    for (const std::string& name : names) {
        const auto words = protocol::split_words(name);
        if (words.size() != 1 || words[0] != name) refuse(name, "must be one word without quotes");
        for (const sub_command& known : to.as->subs)
            if (known.about.name == name
                || std::ranges::find(known.about.aliases, name) != known.about.aliases.end())
                refuse(name, "is declared twice; rename one");
    }
    to.as->subs.push_back({std::move(about), std::move(handler)});
    to.as->help = addons::help_handler(*to.as);
}

declared_at declare_dynamic_webhook(declaration& all, std::string_view event, std::string name,
                                    event_handler handler) {
    constexpr std::size_t longest_name = 100;
    protocol::check_text("dynamic_webhook.name", name, 1, longest_name);
    if (std::ranges::find(all.dynamic_hooks, name, &dynamic_hook::name) != all.dynamic_hooks.end())
        throw config_error("dynamic_webhook: '" + name + "' is declared twice; rename one");
    dynamic_hook made;
    made.name = std::move(name);
    made.served.event = kind_named(event);
    made.served.handler = std::move(handler);
    return {&all, &all.dynamic_hooks.emplace_back(std::move(made)).served};
}

void declare_durable(hook& one) noexcept {
    one.durable = true;
}

std::vector<std::string> command::names() const {
    std::vector<std::string> all{about.name};
    all.insert(all.end(), about.aliases.begin(), about.aliases.end());
    return all;
}

}  // namespace detail

hook hook::add_hook(std::string_view event, std::string pattern,
                    detail::event_handler handler) const {
    return hook(detail::declare_hook(*at_.all, event, std::move(pattern), std::move(handler)));
}

hook hook::add_dynamic_webhook(std::string_view event, std::string name,
                               detail::event_handler handler) const {
    return hook(
        detail::declare_dynamic_webhook(*at_.all, event, std::move(name), std::move(handler)));
}

slash_command hook::add_command(command_info about, detail::event_handler handler) const {
    slash_command made(detail::declare_command(*at_.all, std::move(about), std::move(handler)));
    return made;
}

hook addon::add_hook(std::string_view event, std::string pattern, detail::event_handler handler) {
    return hook(detail::declare_hook(*declared_, event, std::move(pattern), std::move(handler)));
}

hook addon::add_dynamic_webhook(std::string_view event, std::string name,
                                detail::event_handler handler) {
    return hook(
        detail::declare_dynamic_webhook(*declared_, event, std::move(name), std::move(handler)));
}

slash_command addon::add_command(command_info about, detail::event_handler handler) {
    slash_command made(detail::declare_command(*declared_, std::move(about), std::move(handler)));
    return made;
}

}  // namespace hipchat
