counts = Hash.new(0)
text = "the quick brown fox jumps over the lazy dog and runs away from it"
20_000.times do
  text.split.each do |word|
    key = word.reverse.upcase
    counts[key] += key.size
  end
end
longest = counts.sort_by { |word, count| [-count, word] }
puts longest.map { |word, count| "#{word}=#{count}" }.join(",")
