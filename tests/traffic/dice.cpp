#include "traffic/dice.hpp"

namespace hipchat::traffic {

std::string dice::text(std::size_t most) {
    static const std::vector<std::string> characters{
        "a",      "e",      "n",      "T",      "0",      " ",         " ",      ".",
        "+",      "-",      "@",      "/",      "<",      ">",         "\"",     "\\",
        "\n",     "\t",     "\1",     "&",      "\x7f",   "\u00e5",    "\u00df", "\u0416",
        "\u05d0", "\u4e2d", "\u200b", "\u202e", "\ufeff", "\U0001f600"};
    std::string made;
    for (std::size_t left = below(most + 1); left > 0; --left)
        made += one_of(characters);
    return made;
}

std::string dice::bytes(std::size_t most) {
    std::string made(below(most + 1), '\0');
    for (char& byte : made)
        byte = static_cast<char>(below(256));
    return made;
}

std::string dice::damaged(std::string text) {
    for (std::size_t times = 1 + below(4); times > 0 && !text.empty(); --times) {
        const std::size_t at = below(text.size());
        switch (below(4)) {
            case 0:
                text[at] = static_cast<char>(below(256));
                break;
            case 1:
                text.erase(at, 1 + below(8));
                break;
            case 2:
                text.insert(at, text.substr(at, 1 + below(8)));
                break;
            default:
                text.resize(at);
        }
    }
    return text;
}

}  // namespace hipchat::traffic
