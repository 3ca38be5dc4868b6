// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/names/training/evaluation.h"

#include <algorithm>
#include <fmt/format.h>

namespace dateline {

double SpanScore::f1() const {
  return found + wanted == 0 ? 0 : 200.0 * static_cast<double>(right) / static_cast<double>(found + wanted);
}

Evaluation evaluate(const NamesModel& model, const std::vector<LabelledText>& texts, Mangling mangling) {
  Evaluation result;
  NameTagger tagger(model);
  TokenizedText tokens;
  for (const LabelledText& original : texts) {
    const LabelledText labelled = mangle(original, mangling);
    tokenize_names(labelled.text, tokens);
    for (const LabelledName& name : labelled.names) {
      if (name.kind) ++result.kinds[static_cast<std::size_t>(*name.kind)].wanted;
    }
    for (const TaggedName& found : tagger.tag(tokens)) {
      const ByteSpan span{tokens.tokens[found.begin].span.begin, tokens.tokens[found.end - 1].span.end};
      const bool right = std::any_of(labelled.names.begin(), labelled.names.end(), [&](const LabelledName& name) {
        return name.kind == found.kind && name.span == span;
      });
      const bool ignored = std::any_of(labelled.names.begin(), labelled.names.end(), [&](const LabelledName& name) {
        return !name.kind && name.span.begin < span.end && span.begin < name.span.end;
      });
      SpanScore& score = result.kinds[static_cast<std::size_t>(found.kind)];
      if (right || !ignored) ++score.found;
      if (right) ++score.right;
    }
  }
  for (const SpanScore& score : result.kinds) {
    result.all.right += score.right;
    result.all.found += score.found;
    result.all.wanted += score.wanted;
  }
  return result;
}

std::string describe(const Evaluation& evaluation) {
  return fmt::format("person {:.1f}, organization {:.1f}, place {:.1f}, all {:.1f}", evaluation.kinds[0].f1(),
                     evaluation.kinds[1].f1(), evaluation.kinds[2].f1(), evaluation.all.f1());
}

}  // namespace dateline
