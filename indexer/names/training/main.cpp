// SPDX-License-Identifier: GPL-2.0-or-later
//
// dateline-train-names: from labelled text, plain news and lexicons to the model file of names.
#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <map>
#include <thread>

#include "common/run_tool.h"
#include "indexer/articles/article_parser.h"
#include "indexer/names/training/crf_trainer.h"
#include "indexer/names/training/evaluation.h"
#include "indexer/names/training/labelled_text.h"
#include "indexer/names/training/lexicon_files.h"
#include "indexer/names/training/model_writer.h"
#include "indexer/names/training/options.h"
#include "indexer/names/training/recipe.h"
#include "indexer/names/training/word_statistics.h"
#include "indexer/sources/source_files.h"

namespace dateline {
namespace {

constexpr unsigned kCoarseClusters = 64;
constexpr unsigned kClusters = 512;
constexpr std::uint32_t kMinGlue = 2;  // times inside a name

struct LabelledSet {
  RecipeLine recipe;
  std::vector<LabelledText> texts;
};

void say(const std::string& line) { std::fputs((line + '\n').c_str(), stderr); }

template <typename Value>
Value checked(Result<Value> result) {
  if (!result) throw FatalError(result.error());
  return std::move(*result);
}

void for_each_text(const std::string& file, const std::function<void(const TokenizedText&)>& on_text) {
  TokenizedText tokens;
  const auto on_skip = [](const Skipped& skipped) {
    throw FatalError(
        {ErrorCode::kInputOutput, fmt::format("{}:{}: {}", skipped.path, skipped.line, skipped.reason), ""});
  };
  walk_sources(
      {file},
      [&](const SourceFile& source) {
        read_source_file(
            source, {},
            [&](RawRecord&& record) {
              const Result<Article> article = parse_article(record, {});
              if (!article) return;
              tokenize_names(article->text, tokens);
              on_text(tokens);
            },
            on_skip);
      },
      on_skip);
}

// How often words are capitalised and whom they stand beside, from plain news.
void learn_words(const std::vector<std::string>& news, unsigned threads, ModelContent& content) {
  WordStatistics statistics;
  for (const std::string& file : news) {
    say(fmt::format("counting the words of {}", file));
    for_each_text(file, [&](const TokenizedText& text) { statistics.count(text); });
  }
  statistics.choose_words();
  for (const std::string& file : news) {
    for_each_text(file, [&](const TokenizedText& text) { statistics.count_neighbours(text); });
  }
  say(fmt::format("clustering {} words", statistics.words().size()));
  const std::vector<std::uint16_t> coarse = statistics.cluster(kCoarseClusters, threads);
  const std::vector<std::uint16_t> fine = statistics.cluster(kClusters, threads);
  for (std::size_t i = 0; i < statistics.words().size(); ++i) {
    WordFacts& facts = content.words[word_key(statistics.words()[i].hash)];
    facts.caps = statistics.words()[i].caps();
    facts.coarse = static_cast<std::uint8_t>(coarse[i] + 1);
    facts.cluster = static_cast<std::uint16_t>(fine[i] + 1);
  }
}

// What stands inside names without being a name's word.
void learn_glue(const std::vector<LabelledSet>& sets, ModelContent& content) {
  std::map<std::uint64_t, std::uint32_t> small;
  std::map<std::uint64_t, std::uint32_t> any;
  TokenizedText tokens;
  for (const LabelledSet& set : sets) {
    if (set.recipe.role != RecipeRole::kTrain) continue;
    for (const LabelledText& labelled : set.texts) {
      tokenize_names(labelled.text, tokens);
      std::size_t token = 0;
      for (const LabelledName& name : labelled.names) {
        while (token < tokens.tokens.size() && tokens.tokens[token].span.end <= name.span.begin) ++token;
        for (; token < tokens.tokens.size() && tokens.tokens[token].span.begin < name.span.end; ++token) {
          if (!name.kind) continue;
          const NameToken& one = tokens.tokens[token];
          ++any[word_key(one.hash)];
          if (one.capitals == Capitals::kNone) ++small[word_key(one.hash)];
        }
      }
    }
  }
  for (const auto& [hash, count] : small) {
    if (count >= kMinGlue) content.words[hash].glue = true;
  }
  for (const auto& [hash, count] : any) {
    const auto found = content.words.find(hash);
    if (count > kMinGlue && found != content.words.end() &&
        (found->second.caps == CapsClass::kNever || found->second.caps == CapsClass::kHardly)) {
      found->second.uncased_glue = true;
    }
  }
  constexpr std::string_view kGap = " ";
  tokenize_names("a  b", tokens);
  for (const NameToken& token : tokens.tokens) {
    if (tokens.form(token) == kGap) content.words[word_key(token.hash)].uncased_glue = true;
  }
}

TrainedWeights train(const std::vector<LabelledSet>& sets, const NamesModel& lexicon, TaggerKind tagger,
                     const TrainingOptions& options) {
  TrainingSet training;
  unsigned domain = 0;
  for (const LabelledSet& set : sets) {
    if (set.recipe.role != RecipeRole::kTrain) continue;
    for (const LabelledText& text : set.texts) {
      if (tagger == TaggerKind::kCased) {
        training.add(text, lexicon, tagger, domain, set.recipe.weight);
      } else {
        training.add(mangle(text, Mangling::kLower), lexicon, tagger, domain, set.recipe.weight);
        training.add(mangle(text, Mangling::kStripped), lexicon, tagger, domain, set.recipe.weight);
      }
    }
    ++domain;
  }
  say(fmt::format("training the {} tagger on {} names, {} of them closed to it; {} open tokens",
                  tagger == TaggerKind::kCased ? "cased" : "uncased", training.names(), training.lost_names(),
                  training.tokens()));
  return train_crf(training, domain, options);
}

int run(int argc, char** argv) {
  const ParsedTrainOptions parsed = parse_train_options(argc, argv);
  if (!parsed.options) return parsed.exit_code;
  const TrainOptions& options = *parsed.options;
  const std::vector<RecipeLine> recipe = checked(read_recipe(options.recipe, options.data));
  ModelContent content;
  Lexicon lexicon = checked(read_lexicons(options.lexicons));
  std::vector<LabelledSet> sets;
  std::vector<std::string> news;
  for (const RecipeLine& line : recipe) {
    if (line.role == RecipeRole::kNews) {
      news.push_back(line.file);
    } else {
      sets.push_back({line, checked(read_labelled(line.file))});
    }
  }
  if (options.words.empty()) {
    learn_words(news, options.threads, content);
  } else {
    checked(NamesModel::open(options.words)).for_each_word([&](std::uint64_t key, const WordFacts& facts) {
      if (facts.caps == CapsClass::kUnknown && facts.cluster == 0) return;
      WordFacts& word = content.words[key];
      word.caps = facts.caps;
      word.cluster = facts.cluster;
      word.coarse = facts.coarse;
    });
  }
  for (const auto& [hash, lists] : lexicon.words) content.words[word_key(hash)].lists |= lists;
  learn_glue(sets, content);
  content.phrases = std::move(lexicon.phrases);
  content.phrase_begins = std::move(lexicon.phrase_begins);
  content.nicknames = std::move(lexicon.nicknames);
  write_model(content, options.out);
  {
    const NamesModel words_only = checked(NamesModel::open(options.out));
    std::vector<std::thread> threads;
    for (const TaggerKind tagger : {TaggerKind::kCased, TaggerKind::kUncased}) {
      threads.emplace_back([&, tagger] {
        content.taggers[static_cast<std::size_t>(tagger)] = train(sets, words_only, tagger, options.training);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  write_model(content, options.out);
  const NamesModel model = checked(NamesModel::open(options.out));
  std::string scores;
  for (const LabelledSet& set : sets) {
    if (set.recipe.role != RecipeRole::kTest) continue;
    for (const auto& [mangling, name] : {std::pair(Mangling::kNone, "cased"), std::pair(Mangling::kLower, "lower"),
                                         std::pair(Mangling::kStripped, "stripped")}) {
      const std::string line =
          fmt::format("{:<20} {:<9} {}", set.recipe.name, name, describe(evaluate(model, set.texts, mangling)));
      say(line);
      scores += line + '\n';
    }
  }
  content.card = make_card(recipe, content, scores, options.date);
  write_model(content, options.out);
  return 0;
}

}  // namespace
}  // namespace dateline

int main(int argc, char** argv) {
  return dateline::run_tool("dateline-train-names", [&] { return dateline::run(argc, argv); });
}
