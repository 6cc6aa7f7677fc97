#include <algorithm>
#include <cctype>
#include <iostream>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

int main() {
    std::unordered_map<std::string, int> counts;
    for (int turn = 0; turn < 50000; turn++) {
        std::istringstream text("the quick brown fox jumps over the lazy dog and runs away from it");
        for (std::string word; text >> word;) {
            std::string key(word.rbegin(), word.rend());
            for (char &letter : key) letter = std::toupper(static_cast<unsigned char>(letter));
            counts[key] += key.size();
        }
    }
    std::vector<std::pair<int, std::string>> longest;
    for (const auto &[word, count] : counts) longest.emplace_back(-count, word);
    std::sort(longest.begin(), longest.end());
    for (const auto &[count, word] : longest) std::cout << word << '=' << -count << ',';
    std::cout << '\n';
}
