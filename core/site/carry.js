{
  // Links that only change the language, or lead to a partner and back, keep what was chosen in the address.
  const carry = ({target}) => {
    const link = target.closest?.('.languages a, .back a, a.details');
    if (link) link.search = location.search;
  };
  for (const type of ['pointerdown', 'focusin', 'click']) addEventListener(type, carry);
}
