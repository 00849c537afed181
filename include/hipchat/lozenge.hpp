#pragma once

namespace hipchat {

/// Colour of a lozenge, the small label of a glance or a card's attribute (addon-side.md 6.2, 8.2).
enum class lozenge_type {
    standard,  ///< gray
    success,
    error,
    current,
    complete,  ///< glances: some web clients refuse the whole answer
    moved,
    // NOLINTNEXTLINE(readability-identifier-naming): "new" is a word of the language
    new_,  ///< glances only; written "new"; some libraries do not know it
};

}  // namespace hipchat
