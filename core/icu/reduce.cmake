cmake_minimum_required(VERSION 3.25)

# Writes to `part` what the program uses of ICU's data, and to `whole` all of it: cmake -D archive=libicudata.a
# -D whole=FILE -D part=FILE -D ar=… -D objcopy=… -D icupkg=… -D derb=… -D genrb=… -D languages=bg|cs|… -P reduce.cmake.
# ICU calls both files alike, icudt72l.dat.
#
# ICU's data is a package of some thousand items, which its own icupkg lists and removes, and it refuses to write an item
# without what that depends on. What is kept: of the `languages` what pages, letters and lists take, and the variants
# through which ICU looks for it; of the rest what has to do with characters, countries, numbers, time, and encodings.
# The test cli.icu_data compares what the program writes with what it writes with the whole.

set(variants "bg_BG|cs_CZ|da_DK|de_DE|el_GR|en_001|en_IE|en_US|en_US_POSIX|es_ES|et_EE|fi_FI|fr_FR|ga_IE|hr_HR|hu_HU"
             "it_IT|lt_LT|lv_LV|mt_MT|nl_NL|pl_PL|pt_PT|ro_RO|sk_SK|sl_SI|sv_SE")
list(JOIN variants "|" variants)
set(kept
  "(coll/|region/)?(${languages}|${variants})\\.res"
  "coll/(pool\\.res|ucadata\\.icu)"
  "curr/supplementalData\\.res"
  "region/(root|pool)\\.res"
  "(root|pool|icustd|icuver|keyTypeData)\\.res"
  "(likelySubtags|metadata|numberingSystems|plurals|pluralRanges|supplementalData|timezoneTypes)\\.res"
  "zoneinfo64\\.res"
  "(cnvalias|uemoji|ulayout)\\.icu"
  "(nfkc|nfkc_cf|uts46)\\.nrm"
  "confusables\\.cfu")

# The encodings of covenant-csv(5), by the names of the tables.
list(APPEND kept
  "ibm-(912|913|914|915|1089|813|9005|4909|916|5012|920|921|923|878|1168)_.*\\.cnv" # ISO 8859, KOI8
  "iso-8859_(10|11|14)-.*\\.cnv"
  "ibm-(125[0-8]|534[6-9]|535[0-4]|944[789])_.*\\.cnv" # Windows
  "windows-(874|936|949|950)-.*\\.cnv"
  "ibm-(437|720|737|775|85[0-8]|86[0-9]|1125|1131|901|902|922|1124)_.*\\.cnv" # DOS
  "macos-.*\\.cnv"
  "gb18030\\.cnv|ibm-137[35]_.*\\.cnv|euc-jp-2007\\.cnv|ibm-943_P15A-.*\\.cnv" # East Asia
  "ibm-(970|5478|1383|1386)_.*\\.cnv|ibm-1363_P11B-.*\\.cnv|jisx-212\\.cnv")

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# The archive has one object, whose only section with contents is the package.
run(${ar} p ${archive} OUTPUT_FILE ${whole}.o)
run(${objcopy} --output-target=binary --only-section=.rodata ${whole}.o ${whole})
file(REMOVE ${whole}.o)
execute_process(COMMAND ${icupkg} --list ${whole} OUTPUT_VARIABLE items COMMAND_ERROR_IS_FATAL ANY)
string(STRIP "${items}" items)
string(REGEX REPLACE "\n" ";" items "${items}")
foreach(pattern ${kept})
  list(FILTER items EXCLUDE REGEX "^(${pattern})$")
endforeach()
list(JOIN items "\n" items)
file(WRITE ${part}.remove.txt "${items}\n")

# ICU opens these roots beside numbers and collations, though the program asks for no other currencies, no names of
# languages, and no rules of collation as text: compiled again, without those rules and without the pools that have the
# keys of all languages, they take 0.6 MB less.
set(roots ${part}.roots)
function(compile_root folder)
  file(MAKE_DIRECTORY ${roots}/${folder})
  run(${genrb} --quiet --sourcedir ${roots} --destdir ${roots}/${folder} root.txt)
endfunction()
file(REMOVE_RECURSE ${roots})
foreach(folder curr lang)
  file(MAKE_DIRECTORY ${roots}/${folder})  # icupkg makes no more than one level
  run(${icupkg} --extract ${folder}/root.res --destdir ${roots} ${whole})
  run(${icupkg} --extract ${folder}/pool.res --destdir ${roots} ${whole})
  run(${derb} --sourcedir ${roots}/${folder} --destdir ${roots} root.res)
  compile_root(${folder})
endforeach()
file(WRITE ${roots}/root.txt "root { collations { default { \"standard\" } standard { Version { \"\" } } } }\n")
compile_root(coll)
file(WRITE ${part}.add.txt "coll/root.res\ncurr/root.res\nlang/root.res\n")
run(${icupkg} --remove ${part}.remove.txt --add ${part}.add.txt --sourcedir ${roots} ${whole} ${part})
